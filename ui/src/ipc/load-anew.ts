//! Loads the page anew, after the core has opened the profile anew.

export const loadAnew = (): void => window.location.reload();
