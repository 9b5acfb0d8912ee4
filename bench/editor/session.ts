/** Place in a file as people count: from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** An editor's conversation with a compiler about one open file. */
export interface EditorSession {
  open(file: string, text: string): Promise<void>;
  /** Overwrites one character of the open file. */
  overwrite(at: Position, character: string): void;
  /** How many mistakes the compiler sees in the open file, as it is now. */
  mistakes(): Promise<number>;
  /** What the editor would offer there. */
  completions(at: Position): Promise<readonly string[]>;
  close(): void;
}
