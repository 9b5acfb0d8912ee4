/** How a resource of the program is described, and where its inputs have other names than there. */
export interface Described {
  /** CloudFormation types and operations: keys of the table. */
  readonly by: readonly string[];
  /**
   * Path of an input -> path in the descriptions, both without list indices; the first that is there counts. Other
   * inputs are found by their name, whatever its case.
   */
  readonly names?: Readonly<Record<string, string | readonly string[]>>;
  /** Required there, and given by something else than an input. */
  readonly filled?: readonly string[];
  /** Inputs that no service sees, or that none describes: path -> why. Their parts are not looked at. */
  readonly without?: Readonly<Record<string, string>>;
  /** Inputs that are JSON text of what is described. */
  readonly json?: readonly string[];
  /** Documents write the words of an enumeration in another case. */
  readonly caseless?: boolean;
}

const OWN_TRIGGERS = {
  triggers: 'the provider makes a new deployment when it changes; API Gateway never sees it',
};
const FROM_THE_PATH = ['restApiId', 'resourceId', 'httpMethod'];

/** Every Pulumi type of the program, and what is in its documents, -> who describes it. */
export const DESCRIBED: Readonly<Record<string, Described>> = {
  'aws:iam/role:Role': {
    by: ['AWS::IAM::Role', 'iam.CreateRole'],
    names: { name: 'RoleName', assumeRolePolicy: 'AssumeRolePolicyDocument' },
  },
  'aws:iam/rolePolicy:RolePolicy': {
    by: ['AWS::IAM::RolePolicy', 'iam.PutRolePolicy'],
    names: { role: 'RoleName', name: 'PolicyName', policy: 'PolicyDocument' },
  },
  'aws:sqs/queue:Queue': {
    by: ['AWS::SQS::Queue', 'sqs.CreateQueue'],
    names: { name: 'QueueName', visibilityTimeoutSeconds: 'VisibilityTimeout' },
  },
  'aws:cloudwatch/logGroup:LogGroup': {
    by: ['AWS::Logs::LogGroup', 'logs.CreateLogGroup', 'logs.PutRetentionPolicy'],
    names: { name: 'logGroupName' },
  },
  'aws:dynamodb/table:Table': {
    by: ['AWS::DynamoDB::Table', 'dynamodb.CreateTable', 'dynamodb.UpdateContinuousBackups'],
    names: {
      name: 'TableName',
      attributes: 'AttributeDefinitions',
      'attributes.name': 'AttributeDefinitions.AttributeName',
      'attributes.type': 'AttributeDefinitions.AttributeType',
      hashKey: 'KeySchema.AttributeName',
      rangeKey: 'KeySchema.AttributeName',
      streamEnabled: 'StreamSpecification.StreamEnabled',
      streamViewType: 'StreamSpecification.StreamViewType',
      serverSideEncryption: 'SSESpecification',
      'serverSideEncryption.enabled': ['SSESpecification.SSEEnabled', 'SSESpecification.Enabled'],
      pointInTimeRecovery: 'PointInTimeRecoverySpecification',
      'pointInTimeRecovery.enabled': 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
    },
  },
  'aws:dynamodb/tableItem:TableItem': {
    by: ['dynamodb.PutItem'],
    json: ['item'],
    without: {
      hashKey: 'the provider finds the key in the item by it; compared with the table’s own below',
      rangeKey: 'the same',
    },
  },
  'aws:dynamodb/resourcePolicy:ResourcePolicy': { by: ['dynamodb.PutResourcePolicy'] },
  'aws:lambda/function:Function': {
    by: ['AWS::Lambda::Function', 'lambda.CreateFunction'],
    names: { name: 'FunctionName' },
    without: {
      'code.fileArchive':
        'a folder of this machine: the provider sends the archive, whose size the bench states',
      'code.hash': 'of the archive, for the engine',
    },
  },
  'aws:lambda/permission:Permission': {
    by: ['AWS::Lambda::Permission', 'lambda.AddPermission'],
    names: { function: 'FunctionName' },
  },
  'aws:lambda/eventSourceMapping:EventSourceMapping': {
    by: ['AWS::Lambda::EventSourceMapping', 'lambda.CreateEventSourceMapping'],
  },
  'aws:verifiedpermissions/policyStore:PolicyStore': {
    by: ['AWS::VerifiedPermissions::PolicyStore', 'verifiedpermissions.CreatePolicyStore'],
    names: { deletionProtection: ['DeletionProtection.Mode', 'deletionProtection'] },
  },
  'aws:verifiedpermissions/schema:Schema': {
    by: ['verifiedpermissions.PutSchema'],
    names: { 'definition.value': 'definition.cedarJson' },
  },
  'aws:verifiedpermissions/identitySource:IdentitySource': {
    by: ['AWS::VerifiedPermissions::IdentitySource', 'verifiedpermissions.CreateIdentitySource'],
  },
  'aws:cognito/userPool:UserPool': {
    by: ['AWS::Cognito::UserPool', 'cognito-idp.CreateUserPool'],
    names: {
      name: ['UserPoolName', 'PoolName'],
      passwordPolicy: 'Policies.PasswordPolicy',
      schemas: 'Schema',
      tags: 'UserPoolTags',
    },
  },
  'aws:cognito/userPoolClient:UserPoolClient': {
    by: ['AWS::Cognito::UserPoolClient', 'cognito-idp.CreateUserPoolClient'],
    names: { name: 'ClientName' },
  },
  'aws:cognito/userGroup:UserGroup': {
    by: ['AWS::Cognito::UserPoolGroup', 'cognito-idp.CreateGroup'],
    names: { name: 'GroupName' },
  },
  'aws:cognito/userPoolDomain:UserPoolDomain': {
    by: ['AWS::Cognito::UserPoolDomain', 'cognito-idp.CreateUserPoolDomain'],
  },
  'aws:cognito/resourceServer:ResourceServer': {
    by: ['AWS::Cognito::UserPoolResourceServer', 'cognito-idp.CreateResourceServer'],
  },
  'aws:cognito/identityProvider:IdentityProvider': {
    by: ['AWS::Cognito::UserPoolIdentityProvider', 'cognito-idp.CreateIdentityProvider'],
  },
  'aws:apigateway/restApi:RestApi': { by: ['AWS::ApiGateway::RestApi', 'apigateway.CreateRestApi'] },
  'aws:apigateway/deployment:Deployment': {
    by: ['AWS::ApiGateway::Deployment', 'apigateway.CreateDeployment'],
    names: { restApi: 'restApiId' },
    without: OWN_TRIGGERS,
  },
  'aws:apigateway/stage:Stage': {
    by: ['AWS::ApiGateway::Stage', 'apigateway.CreateStage'],
    names: { restApi: 'restApiId', deployment: 'deploymentId' },
  },
  'aws:apigateway/apiKey:ApiKey': { by: ['AWS::ApiGateway::ApiKey', 'apigateway.CreateApiKey'] },
  'aws:apigateway/usagePlan:UsagePlan': {
    by: ['AWS::ApiGateway::UsagePlan', 'apigateway.CreateUsagePlan'],
    names: { name: ['UsagePlanName', 'name'], throttleSettings: 'throttle' },
  },
  'aws:apigateway/usagePlanKey:UsagePlanKey': {
    by: ['AWS::ApiGateway::UsagePlanKey', 'apigateway.CreateUsagePlanKey'],
  },
  'aws:apigatewayv2/api:Api': { by: ['AWS::ApiGatewayV2::Api', 'apigatewayv2.CreateApi'] },
  'aws:apigatewayv2/authorizer:Authorizer': {
    by: ['AWS::ApiGatewayV2::Authorizer', 'apigatewayv2.CreateAuthorizer'],
    // Listed as required, and "for a REQUEST authorizer, this is optional" (API Reference, CreateAuthorizer).
    filled: ['IdentitySource'],
  },
  'aws:apigatewayv2/integration:Integration': {
    by: ['AWS::ApiGatewayV2::Integration', 'apigatewayv2.CreateIntegration'],
  },
  'aws:apigatewayv2/route:Route': { by: ['AWS::ApiGatewayV2::Route', 'apigatewayv2.CreateRoute'] },
  'aws:apigatewayv2/routeResponse:RouteResponse': {
    by: ['AWS::ApiGatewayV2::RouteResponse', 'apigatewayv2.CreateRouteResponse'],
  },
  'aws:apigatewayv2/deployment:Deployment': {
    by: ['AWS::ApiGatewayV2::Deployment', 'apigatewayv2.CreateDeployment'],
    without: OWN_TRIGGERS,
  },
  'aws:apigatewayv2/stage:Stage': {
    by: ['AWS::ApiGatewayV2::Stage', 'apigatewayv2.CreateStage'],
    names: { name: 'StageName' },
  },
  'rest/api': { by: ['apigateway.CreateRestApi'] },
  'rest/integration': {
    by: ['apigateway.PutIntegration'],
    names: { httpMethod: 'integrationHttpMethod' },
    filled: FROM_THE_PATH,
    caseless: true,
  },
  'rest/integration-response': {
    by: ['apigateway.PutIntegrationResponse'],
    filled: FROM_THE_PATH,
  },
  'rest/authorizer': { by: ['apigateway.CreateAuthorizer'], filled: ['restApiId'], caseless: true },
  'rest/gateway-response': { by: ['apigateway.PutGatewayResponse'], filled: ['restApiId'] },
  'http/integration': {
    by: ['apigatewayv2.CreateIntegration'],
    names: { type: 'integrationType', httpMethod: 'integrationMethod', uri: 'integrationUri' },
    filled: ['ApiId'],
    caseless: true,
  },
  'http/authorizer': {
    by: ['apigatewayv2.CreateAuthorizer'],
    names: { type: 'authorizerType' },
    filled: ['ApiId'],
    caseless: true,
  },
};
