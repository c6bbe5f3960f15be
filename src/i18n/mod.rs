//! What the software itself says, in the people's languages: Fluent bundles and their negotiation.
