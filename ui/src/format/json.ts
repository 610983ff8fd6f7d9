//! JSON as it was received, made readable.

/** Indents JSON without reading its numbers: ids on the wire pass 2^53. */
export function indentJson(raw: string): string {
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  return raw.replace(/"(?:[^"\\]|\\.)*"|[{}[\],:]|\s+/g, (token) => {
    if (/^\s/.test(token)) return '';
    if (token === '{' || token === '[') {
      depth += 1;
      return token + line();
    }
    if (token === '}' || token === ']') {
      depth -= 1;
      return line() + token;
    }
    if (token === ',') return token + line();
    return token === ':' ? ': ' : token;
  });
}
