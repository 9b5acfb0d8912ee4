import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { build } from 'esbuild';
import { createPermissions, type Permissions, PermissionsUnavailable } from '../../../authz/browser/index.ts';
import { accessClaims } from '../fixture.ts';
import { closeServer, portOf, sign } from '../issuer.ts';
import { type Service, startService } from '../backend/service.ts';

/** As the generated vocabulary writes it. */
type Actions = {
  ShowLendButton: { principal: 'Reader'; resource: 'Book'; context: '' };
  'POST /loans': { principal: 'Reader'; resource: 'Book'; context: '' };
  'POST /books': { principal: 'Reader'; resource: 'Endpoint'; context: '' };
  Move: { principal: 'Reader'; resource: 'Book' | 'Shelf'; context: '' };
};

const POLICIES = {
  'may-ask': 'permit(principal, action == Library::Action::"POST /permissions", resource);',
  'may-add': 'permit(principal, action == Library::Action::"POST /books", resource);',
  free: `permit(principal, action == Library::Action::"ShowLendButton", resource)
    when { resource.status == "FREE" };`,
};
interface Asked {
  readonly action: string;
  readonly resource: { readonly type: string; readonly id: string };
}

const book = (id: string) => ({ type: 'Book', id, title: 'not sent' }) as const;

describe("a web page's permissions", () => {
  describe('of a service on the kit', () => {
    let service: Service;
    let token: string;
    let permissions: Permissions<Actions>;
    before(async () => {
      service = await startService();
      token = await sign(service.key, accessClaims());
      permissions = createPermissions<Actions>({ url: `${service.url}/permissions`, token: () => token });
    });
    beforeEach(async () => {
      await service.reset();
      await service.publish(POLICIES);
    });
    after(() => service.close());

    it('are answered by the policies, in one request for all that is asked at once', async () => {
      const { can } = permissions;
      const answers = await Promise.all([
        can('ShowLendButton', book('1')),
        can('ShowLendButton', book('2')),
        can('ShowLendButton', book('3')),
        can('ShowLendButton', book('none')),
        can('POST /loans', book('1')),
        can('POST /books'),
      ]);
      expect(answers).to.deep.equal([true, false, false, false, false, true]);
      expect(service.decisions.map(({ action, decision }) => `${decision} ${action}`)).to.deep.equal([
        'allow POST /permissions',
      ]);
    });

    it('are unknown, not denied, to somebody whose token counts no more', async () => {
      const { can } = createPermissions<Actions>({
        url: `${service.url}/permissions`,
        token: async () => 'no.good.token',
      });
      const error = await can('ShowLendButton', book('1')).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(PermissionsUnavailable).and.to.include({ status: 401 });
    });
  });

  describe('of any service', () => {
    let server: Server;
    let asked: Asked[][];
    let reply: (questions: readonly unknown[]) => {
      status?: number;
      headers?: Record<string, string>;
      body: string;
    };
    let can: Permissions<Actions>['can'];
    before(async () => {
      server = createServer((request, response) => {
        let text = '';
        request.on('data', (chunk: Buffer) => (text += String(chunk)));
        request.on('end', () => {
          const { questions }: { questions: Asked[] } = JSON.parse(text);
          asked.push(questions);
          const { status = 200, headers = {}, body } = reply(questions);
          response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    beforeEach(() => {
      asked = [];
      reply = (questions) => ({ body: JSON.stringify({ answers: questions.map(() => true) }) });
      ({ can } = createPermissions<Actions>({
        url: `http://127.0.0.1:${portOf(server)}/permissions`,
        token: () => 'a.b.c',
      }));
    });
    after(() => closeServer(server));

    const outcome = (promise: Promise<boolean>): Promise<unknown> => promise.catch((error: unknown) => error);

    it('ask for action, type and id and nothing else', async () => {
      await Promise.all([can('ShowLendButton', book('1')), can('POST /books')]);
      expect(asked).to.deep.equal([
        [
          { action: 'ShowLendButton', resource: { type: 'Book', id: '1' } },
          { action: 'POST /books', resource: { type: 'Endpoint', id: 'POST /books' } },
        ],
      ]);
    });

    it('ask thirty at a time, each once', async () => {
      const many = Array.from({ length: 65 }, (_, at) => can('ShowLendButton', book(String(at))));
      const again = can('ShowLendButton', book('0'));
      reply = (questions) => ({ body: JSON.stringify({ answers: questions.map((_, at) => at % 2 === 0) }) });
      expect(await Promise.all(many)).to.deep.equal(many.map((_, at) => (at % 30) % 2 === 0));
      expect(await again).to.equal(true);
      expect(asked.map(({ length }) => length).sort((a, b) => b - a)).to.deep.equal([30, 30, 5]);
    });

    it('ask afresh each time', async () => {
      await can('ShowLendButton', book('1'));
      await can('ShowLendButton', book('1'));
      expect(asked).to.have.length(2);
    });

    it('are unknown when the answer makes no sense, rather than given to the wrong question', async () => {
      for (const body of [
        '',
        'no',
        '{}',
        '{"answers":true}',
        '{"answers":[]}',
        '{"answers":[true,true]}',
        '{"answers":["true"]}',
        '{"answers":[1]}',
        'null',
      ]) {
        reply = () => ({ body });
        expect(await outcome(can('ShowLendButton', book('1'))), body).to.be.instanceOf(
          PermissionsUnavailable,
        );
      }
    });

    it('are unknown when the service refuses, sends elsewhere or cannot be reached', async () => {
      for (const status of [400, 403, 429, 503]) {
        reply = () => ({ status, body: '{"answers":[true]}' });
        expect(await outcome(can('ShowLendButton', book('1'))))
          .to.be.instanceOf(PermissionsUnavailable)
          .and.include({ status });
      }
      reply = () => ({ status: 307, headers: { location: '/elsewhere' }, body: '' });
      expect(await outcome(can('ShowLendButton', book('1')))).to.be.instanceOf(PermissionsUnavailable);
      const nowhere = createPermissions<Actions>({ url: 'http://127.0.0.1:1/permissions', token: () => 't' });
      expect(await outcome(nowhere.can('ShowLendButton', book('1')))).to.be.instanceOf(
        PermissionsUnavailable,
      );
      const signedOut = createPermissions<Actions>({
        url: 'http://127.0.0.1:1/',
        token: () => Promise.reject(new Error('signed out')),
      });
      expect(await outcome(signedOut.can('ShowLendButton', book('1')))).to.be.instanceOf(
        PermissionsUnavailable,
      );
    });
  });

  it('know the vocabulary: mistakes do not compile', () => {
    const mistakes = ({ can }: Permissions<Actions>): Promise<boolean>[] => [
      can('Move', { type: 'Shelf', id: '1' }),
      // @ts-expect-error no such action
      can('ShowLentButton', book('1')),
      // @ts-expect-error not about shelves
      can('ShowLendButton', { type: 'Shelf', id: '1' }),
      // @ts-expect-error about a book, but which?
      can('ShowLendButton'),
      // @ts-expect-error about no resource
      can('POST /books', book('1')),
    ];
    expect(mistakes).to.be.a('function');
  });

  it('need nothing of Node, and little space', async () => {
    const entry = fileURLToPath(new URL('../../../authz/browser/index.ts', import.meta.url));
    const { outputFiles, metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      minify: true,
      write: false,
      metafile: true,
      platform: 'browser',
      format: 'esm',
      target: 'es2022',
    });
    expect(Object.keys(metafile.inputs).every((file) => file.includes('authz/browser/'))).to.equal(true);
    expect(outputFiles[0]?.contents.length).to.be.below(3_000);
    expect(outputFiles[0]?.text).not.to.match(/\b(?:process|Buffer|require)\b/);
  });
});
