//! The HTTP floor: extractors, problems, routes.
