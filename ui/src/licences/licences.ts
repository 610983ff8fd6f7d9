//! The licences of what is shipped. `scripts/licences` writes the file.

export interface Component {
  name: string;
  version: string;
  kind: 'crate' | 'package';
  /** As its author names it, an SPDX expression. */
  licence: string;
  /** Where it comes from; empty where that is not said. */
  source: string;
  /** Which of the texts are its own. */
  texts: readonly number[];
}

export interface Licences {
  components: readonly Component[];
  /** Each text once. */
  texts: readonly string[];
}

/** Read when it is looked at: it is as large as the rest of the page. */
export async function readLicences(): Promise<Licences> {
  const { default: text } = await import('./licences.json?raw');
  return JSON.parse(text);
}
