//! How a command ended and what it said.

use serde_json::Value;

/// An ended command.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) exit: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// What `sync --json` printed.
pub(crate) struct Summary {
    pub(crate) exit: i32,
    pub(crate) progress: Vec<Value>,
    pub(crate) shops: Vec<Value>,
}

impl Outcome {
    /// The objects on standard output, one per line.
    pub(crate) fn objects(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| {
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {self:?}"))
            })
            .collect()
    }

    /// The objects of a command that must have worked.
    pub(crate) fn done(&self) -> Vec<Value> {
        assert_eq!(self.exit, 0, "{self:?}");
        self.objects()
    }

    /// The one object of a command that must have worked.
    pub(crate) fn one(&self) -> Value {
        let mut objects = self.done();
        assert_eq!(objects.len(), 1, "{self:?}");
        objects.remove(0)
    }

    /// The error of a command that must have been refused, with exit code and code, in words.
    pub(crate) fn refused(&self, exit: i32, code: &str) -> Value {
        let objects = self.objects();
        assert_eq!(objects.len(), 1, "{self:?}");
        let error = objects[0]["error"].clone();
        explained(&error, code);
        assert_eq!(self.exit, exit, "{self:?}");
        error
    }

    /// Progress and summary of a sync.
    pub(crate) fn summary(&self) -> Summary {
        let mut lines = self.objects();
        let last = lines
            .pop()
            .unwrap_or_else(|| panic!("no summary: {self:?}"));
        assert_eq!(last["type"], "summary", "{self:?}");
        assert!(
            lines.iter().all(|line| line["type"] == "progress"),
            "{self:?}"
        );
        Summary {
            exit: self.exit,
            progress: lines,
            shops: last["shops"].as_array().unwrap().clone(),
        }
    }
}

impl Summary {
    /// The only shop's line; the sync must have ended with that exit code and result.
    pub(crate) fn ended(&self, exit: i32, result: &str) -> &Value {
        assert_eq!(self.shops.len(), 1, "{:?}", self.shops);
        assert_eq!(self.shops[0]["result"], result, "{}", self.shops[0]);
        assert_eq!(self.exit, exit, "{}", self.shops[0]);
        &self.shops[0]
    }

    /// The only shop's line of a sync that must have read everything.
    pub(crate) fn complete(&self) -> &Value {
        let shop = self.ended(0, "complete");
        assert!(shop["error"].is_null(), "{shop}");
        shop
    }
}

/// An error of that code says what happened, why, and what to do, in words and not by a key of the catalogue.
pub(crate) fn explained(error: &Value, code: &str) {
    assert_eq!(error["code"], code, "{error}");
    for part in ["message", "cause", "cure"] {
        let words = error[part].as_str().unwrap_or_default();
        assert!(words.contains(' '), "{part} has no words: {error}");
        assert!(
            !words.starts_with("error.") && !words.contains("{{"),
            "{part} is raw: {error}"
        );
    }
}
