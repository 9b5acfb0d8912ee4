import { expect } from 'chai';
import { type ChildProcess, fork } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { DATABASE, type Postgres, SUPERUSER } from '../../../local/postgres/server.ts';
import { OWN_TYPESCRIPT } from '../../../local/typescript/loader.ts';

describe('the embedded PostgreSQL', () => {
  let child: ChildProcess;
  let server: Omit<Postgres, 'close'>;
  before(async () => {
    child = fork(fileURLToPath(new URL('./start-and-wait.ts', import.meta.url)), {
      execArgv: [...OWN_TYPESCRIPT],
    });
    server = await new Promise((resolve) => {
      child.once('message', (message: typeof server) => resolve(message));
    });
  });
  after(() => child.kill('SIGKILL'));

  const clientWith = (password: string): Client =>
    new Client({ host: server.host, port: server.port, user: SUPERUSER, database: DATABASE, password });

  it('serves whoever knows the password', async () => {
    const client = clientWith(server.password);
    await client.connect();
    const { rows } = await client.query('select current_user as name');
    await client.end();
    expect(rows).to.deep.equal([{ name: SUPERUSER }]);
  });

  it('refuses a wrong password', async () => {
    const error = await clientWith('wrong')
      .connect()
      .then(
        () => undefined,
        (failure: { code?: string }) => failure,
      );
    expect(error?.code).to.equal('28P01');
  });

  it('ends with the process that started it, even by SIGKILL', async () => {
    expect(await answers(server.port)).to.equal(true);
    child.kill('SIGKILL');
    while (await answers(server.port)) await delay(20);
  });
});

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
