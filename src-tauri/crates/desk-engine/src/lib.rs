//! The verbs: authorize, refresh, sync, disconnect.
