import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Message, pending, readMessages } from './messages.ts';
import type { EditorSession } from './session.ts';

const TSSERVER = fileURLToPath(new URL('../../node_modules/typescript/lib/tsserver.js', import.meta.url));

/** TypeScript 6: the protocol that editors speak with `tsserver`. */
export function tsserver(): EditorSession {
  const server = spawn(process.execPath, [TSSERVER, '--disableAutomaticTypingAcquisition'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const questions = pending<Message>();
  readMessages(server.stdout, (response) => {
    if (response.type === 'response' && response.request_seq !== undefined)
      questions.answered(response.request_seq, response);
  });
  const send = (seq: number, command: string, args: object): void =>
    void server.stdin.write(`${JSON.stringify({ seq, type: 'request', command, arguments: args })}\n`);
  const ask = async (command: string, args: object): Promise<Message> => {
    const response = await questions.ask((seq) => send(seq, command, args));
    if (response.success === false) throw new Error(`tsserver: ${response.message ?? command}`);
    return response;
  };
  let file = '';
  return {
    async open(name, text) {
      file = name;
      send(0, 'open', { file, fileContent: text, scriptKindName: 'TS' });
      await ask('semanticDiagnosticsSync', { file });
    },
    overwrite: ({ line, column }, insertString) =>
      send(0, 'change', { file, line, offset: column, endLine: line, endOffset: column + 1, insertString }),
    mistakes: async () => (await ask('semanticDiagnosticsSync', { file })).body?.length ?? 0,
    completions: async ({ line, column }) => {
      const { body } = await ask('completionInfo', { file, line, offset: column });
      return (body?.entries ?? []).map(({ name }) => name);
    },
    close: () => void server.kill(),
  };
}
