/**
 * The part of Pulumi that runs Node programs, for a CLI built from Go modules: the official one's module is not served
 * by the module proxy. A CLI that a user installs brings its own. It starts the SDK's own entry point and reports how
 * that ended, which is all that running a program needs.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as grpc from '@grpc/grpc-js';
import service from '@pulumi/pulumi/proto/language_grpc_pb.js';
import language from '@pulumi/pulumi/proto/language_pb.js';
import plugin from '@pulumi/pulumi/proto/plugin_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';

/** What the SDK's entry point exits with when it has already said what is wrong (cmd/run, `nodeJSProcessExitedAfterLoggingUserActionableMessage`). */
const ALREADY_SAID = 32;

/** Where the engine listens: its last argument. */
const engine = process.argv.slice(2).findLast((argument) => !argument.startsWith('-')) ?? '';
const programs = new Set<ChildProcess>();

function run(request: language.RunRequest): Promise<language.RunResponse> {
  const info = request.getInfo();
  const options = info?.getOptions()?.toJavaScript() ?? {};
  const folder = request.getPwd() || (info?.getProgramDirectory() ?? '');
  const entry = createRequire(path.join(folder, 'package.json')).resolve('@pulumi/pulumi/cmd/run');
  const nodeArguments = typeof options['nodeargs'] === 'string' ? options['nodeargs'].split(' ') : [];
  const program = spawn(
    process.execPath,
    [
      ...nodeArguments,
      entry,
      `--monitor=${request.getMonitorAddress()}`,
      `--engine=${engine}`,
      `--organization=${request.getOrganization()}`,
      `--project=${request.getProject()}`,
      `--stack=${request.getStack()}`,
      `--pwd=${folder}`,
      `--root-directory=${info?.getRootDirectory() ?? folder}`,
      `--parallel=${request.getParallel()}`,
      ...(request.getDryrun() ? ['--dry-run'] : []),
      info?.getEntryPoint() || '.',
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        PULUMI_NODEJS_TYPESCRIPT: options['typescript'] === false ? 'false' : 'true',
      },
    },
  );
  programs.add(program);
  return new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('close', (code, signal) => {
      programs.delete(program);
      const response = new language.RunResponse();
      if (code === ALREADY_SAID) response.setBail(true);
      else if (code !== 0) response.setError(`the program ended with ${signal ?? code}`);
      resolve(response);
    });
  });
}

const implementation: grpc.UntypedServiceImplementation = {
  handshake: answering(() => new language.LanguageHandshakeResponse()),
  getPluginInfo: answering(() => new plugin.PluginInfo()),
  getRequiredPlugins: answering(() => new language.GetRequiredPluginsResponse()),
  getRequiredPackages: answering(() => new language.GetRequiredPackagesResponse()),
  getProgramDependencies: answering(() => new language.GetProgramDependenciesResponse()),
  about: answering(() => {
    const response = new language.AboutResponse();
    response.setExecutable(process.execPath);
    response.setVersion(process.version);
    return response;
  }),
  cancel: answering(() => {
    for (const program of programs) program.kill();
    return new empty.Empty();
  }),
  run: answering(run),
};

function answering<Request, Response>(answer: (request: Request) => Response | Promise<Response>) {
  const call = async (request: Request, done: grpc.sendUnaryData<Response>): Promise<void> => {
    try {
      done(null, await answer(request));
    } catch (error) {
      done({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
    }
  };
  return ({ request }: grpc.ServerUnaryCall<Request, Response>, done: grpc.sendUnaryData<Response>): void =>
    void call(request, done);
}

/** An engine that was killed tells nobody. */
function endWithEngine(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid === parent) return;
    for (const program of programs) program.kill('SIGKILL');
    process.exit();
  }, 500).unref();
}

endWithEngine();
const server = new grpc.Server();
server.addService(service.LanguageRuntimeService, implementation);
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  // What the engine waits for.
  process.stdout.write(`${port}\n`);
});
