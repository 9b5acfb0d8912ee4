import { randomUUID } from 'node:crypto';
import {
  json,
  optionalFlag,
  optionalJson,
  optionalNumber,
  optionalText,
  text,
  textList,
  type Json,
} from '../../aws/input.ts';
import { recorded } from '../../program/present.ts';
import type { ResourceHandlers } from '../../program/resource.ts';
import type { EventSources, MappingSettings } from './mappings.ts';

/** What carries a stream or a queue to a function. */
export function eventSourceResources(sources: EventSources): ResourceHandlers {
  return {
    'aws:lambda/eventSourceMapping:EventSourceMapping': {
      inputs: [
        'functionName',
        'eventSourceArn',
        'startingPosition',
        'batchSize',
        'maximumBatchingWindowInSeconds',
        'functionResponseTypes',
        'bisectBatchOnFunctionError',
        'maximumRetryAttempts',
        'maximumRecordAgeInSeconds',
        'destinationConfig',
      ],
      replaceOn: ['eventSourceArn', 'startingPosition'],
      async create(inputs) {
        const id = randomUUID();
        await sources.put(id, settings(inputs));
        return { id, state: { ...inputs, uuid: id } };
      },
      async update(id, inputs, state) {
        await sources.put(id, settings(inputs));
        return { ...state, ...inputs };
      },
      read: async (id, inputs, state) => recorded(sources.has(id), inputs, state),
      async delete(id) {
        await sources.remove(id);
      },
    },
  };
}

const settings = (inputs: Json): MappingSettings => ({
  functionName: text(inputs, 'functionName'),
  eventSourceArn: text(inputs, 'eventSourceArn'),
  startingPosition: optionalText(inputs, 'startingPosition'),
  batchSize: optionalNumber(inputs, 'batchSize'),
  windowSeconds: optionalNumber(inputs, 'maximumBatchingWindowInSeconds') ?? 0,
  retry: {
    maximumRetryAttempts: optionalNumber(inputs, 'maximumRetryAttempts') ?? -1,
    maximumRecordAgeSeconds: optionalNumber(inputs, 'maximumRecordAgeInSeconds') ?? -1,
    bisect: optionalFlag(inputs, 'bisectBatchOnFunctionError') ?? false,
    reportsItemFailures: textList(inputs, 'functionResponseTypes').includes('ReportBatchItemFailures'),
  },
  onFailureArn: onFailureArn(inputs),
});

function onFailureArn(inputs: Json): string | undefined {
  const destination = optionalJson(inputs, 'destinationConfig');
  return destination && text(json(destination, 'onFailure'), 'destinationArn');
}
