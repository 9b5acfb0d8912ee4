import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { curlExamples } from '../../cli/curl-examples.ts';
import { inFolder } from './folder.ts';

/** In the place of both programs: each argument on a line of its own, and a token that shows who asked for it. */
const STUBS = `npx() { echo "$*"; }; curl() { printf '%s\\n' "$@"; }`;

describe('the commands to paste', () => {
  it('say what will come of them, and reach curl through a shell as they were meant', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'examples.json');
      const body = { note: `it's "quoted", $HOME and \`date\`` };
      const example = { title: 'a try', user: 'shop/ann', method: 'POST', path: '/notes', body, expect: 403 };
      await writeFile(file, JSON.stringify([example, { ...example, body: undefined }]));
      const [title, command = '', , without] = await curlExamples(file, 'http://127.0.0.1:4000');
      expect(title).to.equal('# a try: 403');
      const words = execFileSync('sh', ['-c', `${STUBS}\n${command}`], { encoding: 'utf8' }).split('\n');
      const [token, type] = [
        'authorization: Bearer cedarwright token shop ann',
        'content-type: application/json',
      ];
      const sent = `-i -X POST -H ${token} -H ${type} -d ${JSON.stringify(body)} http://127.0.0.1:4000/notes `;
      expect(words.join(' ')).to.equal(sent);
      expect(without).not.to.include('-d');
    }));
});
