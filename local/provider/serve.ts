import aws from '@pulumi/aws/package.json' with { type: 'json' };
import type { Services } from '../services.ts';
import { createOperations } from './operations.ts';
import { startProvider, type Provider } from './server.ts';

/** Serves what the services can make as the `aws` provider of the program's own version. */
export const serveProvider = (services: Services): Promise<Provider> =>
  startProvider({
    version: aws.version,
    operationsAs: (role) =>
      createOperations(role === undefined ? services.handlers : services.handlersAs(role), services.invokes),
  });
