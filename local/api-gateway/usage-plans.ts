import { randomBytes } from 'node:crypto';
import { jsonList, optionalJson, optionalNumber, optionalText, text, type Json } from '../aws/input.ts';
import { AwsError } from '../aws/service.ts';
import { recorded } from '../program/present.ts';
import type { ResourceHandlers } from '../program/resource.ts';
import { createTokenBuckets, type Throttle } from './token-bucket.ts';

export interface UsagePlans {
  readonly handlers: ResourceHandlers;
  /**
   * Counts a request of a REST API's stage.
   * @param keyValue the API key that the authorizer named
   */
  admit(apiId: string, stageName: string, keyValue: string | undefined): 'admitted' | 'no key' | 'throttled';
}

interface Plan {
  /** `<api>/<stage>` */
  readonly stages: readonly string[];
  /** Absent: without a limit. */
  readonly throttle: Throttle | undefined;
}

/** Usage plans of REST APIs, with the keys whose holders they throttle, each by itself. */
export function createUsagePlans(now: () => number): UsagePlans {
  const plans = new Map<string, Plan>();
  const keys = new Map<string, { readonly value: string }>();
  const members = new Map<string, { readonly keyId: string; readonly planId: string }>();
  const buckets = createTokenBuckets(now);
  const newId = (): string => randomBytes(5).toString('hex');

  return {
    admit(apiId, stageName, keyValue) {
      const stage = `${apiId}/${stageName}`;
      for (const { keyId, planId } of members.values()) {
        const plan = plans.get(planId);
        if (keys.get(keyId)?.value !== keyValue || !plan?.stages.includes(stage)) continue;
        return !plan.throttle || buckets.take(`${planId}/${keyId}`, plan.throttle) ? 'admitted' : 'throttled';
      }
      return 'no key';
    },
    handlers: {
      'aws:apigateway/usagePlan:UsagePlan': {
        inputs: ['name', 'apiStages', 'throttleSettings'],
        replaceOn: [],
        async create(inputs) {
          const id = newId();
          plans.set(id, readPlan(inputs));
          return { id, state: { ...inputs } };
        },
        async update(id, inputs) {
          plans.set(id, readPlan(inputs));
          return { ...inputs };
        },
        read: async (id, inputs, state) => recorded(plans.has(id), inputs, state),
        async delete(id) {
          plans.delete(id);
        },
      },
      'aws:apigateway/apiKey:ApiKey': {
        // Descriptions change nothing; the provider fills one in.
        inputs: ['name', 'value', 'description'],
        replaceOn: ['value'],
        async create(inputs) {
          const value = readValue(inputs);
          if ([...keys.values()].some((key) => key.value === value))
            throw new AwsError('ConflictException', 'API Key already exists');
          const id = newId();
          keys.set(id, { value });
          return { id, state: { ...inputs, value, enabled: true } };
        },
        async update(_, inputs, state) {
          return { ...state, ...inputs };
        },
        read: async (id, inputs, state) => recorded(keys.has(id), inputs, state),
        async delete(id) {
          keys.delete(id);
        },
      },
      'aws:apigateway/usagePlanKey:UsagePlanKey': {
        inputs: ['keyId', 'keyType', 'usagePlanId'],
        replaceOn: ['keyId', 'keyType', 'usagePlanId'],
        async create(inputs) {
          const [keyId, planId] = [text(inputs, 'keyId'), text(inputs, 'usagePlanId')];
          if (!keys.has(keyId) || !plans.has(planId))
            throw new AwsError('NotFoundException', 'Invalid API Key or Usage Plan identifier specified');
          if (text(inputs, 'keyType') !== 'API_KEY')
            throw new AwsError('BadRequestException', 'keyType must be API_KEY');
          const id = newId();
          members.set(id, { keyId, planId });
          return { id, state: { ...inputs, value: keys.get(keyId)?.value } };
        },
        async update() {
          throw new AwsError('BadRequestException', 'a usage plan key cannot be changed');
        },
        read: async (id, inputs, state) => recorded(members.has(id), inputs, state),
        async delete(id) {
          members.delete(id);
        },
      },
    },
  };
}

function readPlan(inputs: Json): Plan {
  const settings = optionalJson(inputs, 'throttleSettings');
  return {
    stages: jsonList(inputs, 'apiStages').map((stage) => {
      if (stage['throttles'] !== undefined)
        throw new AwsError('BadRequestException', 'throttles of a single method are not supported');
      return `${text(stage, 'apiId')}/${text(stage, 'stage')}`;
    }),
    throttle: settings && readThrottle(settings, 'rateLimit', 'burstLimit'),
  };
}

/** @throws AwsError BadRequestException unless both are given: one without the other would be filled up unseen */
export function readThrottle(settings: Json, rateName: string, burstName: string): Throttle {
  const [rate, burst] = [optionalNumber(settings, rateName), optionalNumber(settings, burstName)];
  if (rate === undefined || burst === undefined)
    throw new AwsError('BadRequestException', `${rateName} and ${burstName} are needed`);
  return { rate, burst };
}

/** 20 to 128 characters (API Gateway API Reference, CreateApiKey); made up where none is given. */
function readValue(inputs: Json): string {
  const value = optionalText(inputs, 'value') ?? randomBytes(20).toString('hex');
  if (value.length < 20 || value.length > 128)
    throw new AwsError('BadRequestException', 'API Key value should be 20 to 128 characters');
  return value;
}
