import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Message, pending, readMessages } from './messages.ts';
import type { EditorSession, Position } from './session.ts';

/** TypeScript 7: the Language Server Protocol, which its compiler speaks itself. */
export function languageServer(): EditorSession {
  const server = spawn(compiler(), ['--lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const questions = pending<Message>();
  const write = (message: object): void => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  readMessages(server.stdout, (message) => {
    if (message.id === undefined) return;
    // It asks for settings and the like, and waits for an answer.
    if (message.method !== undefined) write({ id: message.id, result: null });
    else questions.answered(message.id, message);
  });
  const ask = async (method: string, params: object): Promise<Message['result']> => {
    const { error, result } = await questions.ask((id) => write({ id, method, params }));
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  const tell = (method: string, params: object): void => write({ method, params });
  let uri = '';
  let version = 1;
  const items = async (method: string, params: object) =>
    (await ask(method, { textDocument: { uri }, ...params }))?.items ?? [];
  return {
    async open(file, text) {
      uri = pathToFileURL(file).href;
      await ask('initialize', {
        processId: process.pid,
        rootUri: null,
        capabilities: { textDocument: { diagnostic: {}, completion: {} } },
      });
      tell('initialized', {});
      tell('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version, text } });
      await items('textDocument/diagnostic', {});
    },
    overwrite(at, text) {
      version += 1;
      const start = zeroBased(at);
      const range = { start, end: { ...start, character: start.character + 1 } };
      tell('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range, text }] });
    },
    mistakes: async () => (await items('textDocument/diagnostic', {})).length,
    completions: async (at) =>
      (await items('textDocument/completion', { position: zeroBased(at) })).map(({ label }) => label ?? ''),
    close: () => void server.kill(),
  };
}

const zeroBased = ({ line, column }: Position) => ({ line: line - 1, character: column - 1 });

/** Its launcher in JavaScript would outlive a kill. */
function compiler(): string {
  const launcher = createRequire(import.meta.url).resolve('typescript7/package.json');
  const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
  const program = process.platform === 'win32' ? 'tsc.exe' : 'tsc';
  return join(dirname(createRequire(launcher).resolve(platform)), 'lib', program);
}
