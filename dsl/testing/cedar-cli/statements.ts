const TOKENS = /"(?:[^"\\]|\\[\s\S])*"|\/\/[^\n]*|;|[^";/]+|[\s\S]/g;

/** The policies and templates of a text, each with its `;` and the comments before it. */
export function statementsOf(text: string): string[] {
  const statements: string[] = [];
  let statement = '';
  let isEmpty = true;
  for (const [token] of text.matchAll(TOKENS)) {
    statement += token;
    isEmpty &&= token.startsWith('//') || token.trim() === '';
    if (token !== ';') continue;
    statements.push(statement);
    statement = '';
    isEmpty = true;
  }
  // What has no `;` is told as the mistake that it is.
  return isEmpty ? statements : [...statements, statement];
}
