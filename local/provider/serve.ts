import aws from '@pulumi/aws/package.json' with { type: 'json' };
import type { Services } from '../services.ts';
import { createOperations, type Operations } from './operations.ts';
import { startProvider, type Provider } from './server.ts';

/**
 * Serves what the services can make as the `aws` provider of the program's own version.
 * @param through what every operation passes through, to be watched or disturbed
 */
export const serveProvider = (
  services: Services,
  through: (operations: Operations) => Operations = (operations) => operations,
): Promise<Provider> =>
  startProvider({
    version: aws.version,
    operationsAs: (role) =>
      through(
        createOperations(
          role === undefined ? services.handlers : services.handlersAs(role),
          services.invokes,
        ),
      ),
  });
