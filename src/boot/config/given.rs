//! What was given: the file's values, over them the environment's, each under the name that it came by.

use std::{
    collections::{BTreeMap, HashMap},
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use super::{
    bad::{Bad, Reason},
    setting::{SETTINGS, Setting, nearest, variable},
};
use crate::tokens::Secret;

/// The file that is read when no other is named.
const FILE: &str = "lantoa.toml";
/// The variable that names another.
const CONFIG: &str = "LANTOA_CONFIG";
/// Variables that are not keys of the file.
const APART: [&str; 2] = [CONFIG, "LANTOA_DEMO_PASSWORD"];

/// Where the configuration comes from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The file named on the command line.
    pub file: Option<PathBuf>,
    /// The environment.
    pub environment: Vec<(OsString, OsString)>,
}

impl Sources {
    /// The process's own environment and perhaps a file.
    pub fn of_process(file: Option<PathBuf>) -> Self {
        Self { file, environment: std::env::vars_os().collect() }
    }

    /// The value of a variable that is not a key of the file.
    pub fn variable(&self, name: &str) -> Result<Option<Secret>, Bad> {
        let found = self.environment.iter().find(|(key, _)| key == name);
        let Some((_, value)) = found.filter(|(_, value)| !value.is_empty()) else { return Ok(None) };
        let text = value.to_str().ok_or_else(|| Bad::new(name, Reason::NotText))?;
        Ok(Some(text.into()))
    }
}

/// Values by key.
pub(super) struct Given {
    // Secret: some of them are, and none is needed in a log.
    values: HashMap<&'static str, (Secret, String)>,
    /// Names of the office by locale, each with the name that it came by.
    pub(super) office_names: BTreeMap<String, (String, String)>,
}

impl Given {
    /// Reads the file and the environment; a name that means nothing is refused.
    pub(super) fn read(sources: &Sources) -> Result<Self, Bad> {
        let mut given = Self { values: HashMap::new(), office_names: BTreeMap::new() };
        if let Some(path) = file(sources)? {
            given.take_file(&path)?;
        }
        for (name, value) in &sources.environment {
            given.take_variable(name, value)?;
        }
        Ok(given)
    }

    fn take_variable(&mut self, name: &OsString, value: &OsString) -> Result<(), Bad> {
        let shown = name.to_string_lossy();
        if !shown.starts_with("LANTOA_") || APART.contains(&&*shown) {
            return Ok(());
        }
        let Some(setting) = SETTINGS.iter().find(|setting| *variable(setting.key) == *shown) else {
            let known: Vec<String> = SETTINGS.iter().map(|setting| variable(setting.key)).collect();
            let names = known.iter().map(String::as_str).chain(APART);
            return Err(Bad::new(&*shown, Reason::Unknown(nearest(&shown, names).to_owned())));
        };
        // Compose files pass on variables that nobody set as empty ones.
        if !value.is_empty() {
            let text = value.to_str().ok_or_else(|| Bad::new(&*shown, Reason::NotText))?;
            self.values.insert(setting.key, (text.into(), shown.into_owned()));
        }
        Ok(())
    }

    fn take_file(&mut self, path: &Path) -> Result<(), Bad> {
        let shown = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| Bad::new(&shown, Reason::Unreadable(error.to_string())))?;
        // The message alone: the parser's full report quotes the line, and the line may hold a secret.
        let table: toml::Table =
            text.parse().map_err(|error: toml::de::Error| Bad::new(&shown, Reason::Toml(first_line(&error))))?;
        for (key, value) in table {
            let name = format!("{shown}: {key}");
            if let ("office", toml::Value::Table(office)) = (key.as_str(), &value) {
                self.take_office(&shown, office)?;
                continue;
            }
            let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) else {
                let names = SETTINGS.iter().map(|setting| setting.key);
                return Err(Bad::new(name, Reason::Unknown(nearest(&key, names).to_owned())));
            };
            self.take(setting.key, name, &value)?;
        }
        Ok(())
    }

    fn take_office(&mut self, shown: &str, office: &toml::Table) -> Result<(), Bad> {
        for (key, value) in office {
            let name = format!("{shown}: office.{key}");
            match (key.as_str(), value) {
                ("name", value) => self.take("office", name, value)?,
                ("names", toml::Value::Table(names)) => {
                    for (locale, value) in names {
                        let name = format!("{name}.{locale}");
                        let toml::Value::String(text) = value else {
                            return Err(Bad::new(name, Reason::WrongType));
                        };
                        self.office_names.insert(locale.clone(), (text.clone(), name));
                    }
                }
                ("names", _) => return Err(Bad::new(name, Reason::WrongType)),
                _ => {
                    let near = nearest(key, ["name", "names"].into_iter());
                    return Err(Bad::new(name, Reason::Unknown(format!("office.{near}"))));
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, key: &'static str, name: String, value: &toml::Value) -> Result<(), Bad> {
        let text = match value {
            toml::Value::String(text) => text.clone(),
            toml::Value::Integer(number) => number.to_string(),
            _ => return Err(Bad::new(name, Reason::WrongType)),
        };
        self.values.insert(key, (text.into(), name));
        Ok(())
    }

    /// The name by which a value came, or would come.
    pub(super) fn name(&self, key: &'static str) -> String {
        self.values.get(key).map_or_else(|| variable(key), |(_, name)| name.clone())
    }

    /// The refusal of a key's value.
    pub(super) fn bad(&self, key: &'static str, reason: Reason) -> Bad {
        Bad::new(self.name(key), reason)
    }

    /// What was given, and nothing where only the default holds.
    pub(super) fn maybe(&self, key: &'static str) -> Option<&Secret> {
        self.values.get(key).map(|(text, _)| text)
    }

    /// What was given, else the default.
    pub(super) fn text(&self, key: &'static str) -> &str {
        self.maybe(key).map_or_else(|| setting(key).default, Secret::expose)
    }

    /// A number within its bounds; none where it was not given and has no default of its own.
    pub(super) fn number(&self, key: &'static str) -> Result<Option<u64>, Bad> {
        let (least, most) = setting(key).bounds.unwrap_or((0, u64::MAX));
        let text = self.text(key);
        if text.is_empty() && self.maybe(key).is_none() {
            return Ok(None);
        }
        let number = text.parse().ok().filter(|number| (least..=most).contains(number));
        number.map(Some).ok_or_else(|| self.bad(key, Reason::Number(least, most)))
    }

    /// A number that always is: given, or its default.
    pub(super) fn count(&self, key: &'static str) -> Result<u64, Bad> {
        Ok(self.number(key)?.expect("asked only for keys that have a default"))
    }
}

fn setting(key: &'static str) -> &'static Setting {
    SETTINGS.iter().find(|setting| setting.key == key).expect("asked only for keys that there are")
}

fn file(sources: &Sources) -> Result<Option<PathBuf>, Bad> {
    if let Some(path) = &sources.file {
        return Ok(Some(path.clone()));
    }
    if let Some(path) = sources.variable(CONFIG)? {
        return Ok(Some(path.expose().into()));
    }
    Ok(Some(PathBuf::from(FILE)).filter(|path| path.exists()))
}

fn first_line(error: &toml::de::Error) -> String {
    error.message().lines().next().unwrap_or_default().to_owned()
}
