import { type AuthorizationRequest, authorize, type Statement } from '../semantics/policy/policy';
import { type Caller, ServiceError } from '../stand-in/service';
import type { Network } from './network';
import type { DeniedCall, Recorder } from './recorder';
import type { TimelineLane } from './timeline';

/** A role and everything that its policies say. */
export interface Role {
  readonly arn: string;
  readonly name: string;
  /** statements of the trust policy */
  readonly trust: Statement[];
  /** statements of the inline and attached policies; grows as policies are deployed */
  readonly statements: Statement[];
  /** those of them that the role's own resource gives */
  readonly inline?: readonly Statement[];
  /** statements of the permissions boundary, where there is one */
  readonly boundary?: readonly Statement[];
}

/** One call of a service on somebody's behalf. */
export interface ServiceCall extends AuthorizationRequest {
  readonly service: string;
  readonly resourcePolicy: readonly Statement[];
}

/** A service that takes on a role, on behalf of one of the account's resources. */
export interface Assumption {
  readonly service: string;
  readonly roleArn: string;
  /** the resource, as `aws:SourceArn` */
  readonly sourceArn: string;
}

/** Decides every call of the account by the policies of the template, and writes down what it denied. */
export class Authorizer {
  public readonly roles = new Map<string, Role>();
  /** statements that stand for every permissions boundary which no deployed stack has */
  public outsideBoundary?: readonly Statement[];

  public constructor(
    private readonly accountId: string,
    private readonly recorder: Recorder,
    private readonly network: Network,
  ) {}

  /** The role of this name, whatever its path. */
  public roleNamed(name: string): Role | undefined {
    return [...this.roles.values()].find((role) => role.name === name);
  }

  /** Throws AccessDenied unless the caller's role (or the resource's policy) allows the action. */
  public require(caller: Caller, request: AuthorizationRequest, resourcePolicy: readonly Statement[] = []): void {
    const reason = this.refusal(caller.roleArn, request, resourcePolicy) ?? this.endpointRefusal(caller, request);
    if (reason !== undefined) {
      this.deny({ ...request, caller: caller.roleArn, reason }, caller.name, 'analysis');
      throw new ServiceError(
        'AccessDeniedException',
        `${caller.roleArn} is not authorized to perform ${request.action} on ${request.resource}: ${reason}`,
        403,
      );
    }
  }

  /** The reason why a role may not, written down; undefined when it may. */
  public refuseRole(roleArn: string, request: AuthorizationRequest, lane: TimelineLane): string | undefined {
    const reason = this.refusal(roleArn, request, []);
    if (reason !== undefined) {
      this.deny({ ...request, caller: roleArn, reason }, this.recorder.title(roleArn), lane);
    }
    return reason;
  }

  /** The reason why a service may not use a resource by the resource's own policy, written down; undefined when it may. */
  public refuseService(call: ServiceCall, lane: TimelineLane): string | undefined {
    const { service, resourcePolicy, action, resource } = call;
    const context = { ...this.transport(), 'aws:SourceAccount': this.accountId, ...call.context };
    const principal = { type: 'service', service } as const;
    const decision = authorize({ action, resource, context }, { identity: [], resourcePolicy, principal });
    if (decision.allowed) {
      return undefined;
    }
    this.deny({ caller: service, action, resource, reason: decision.reason }, service, lane);
    return decision.reason;
  }

  /** The reason why a service may not assume a role, written down; undefined when its trust policy allows it. */
  public refuseAssume({ service, roleArn, sourceArn }: Assumption, lane: TimelineLane): string | undefined {
    const role = this.roles.get(roleArn);
    if (role === undefined) {
      return `role ${roleArn} is not part of the deployed stacks`;
    }
    return this.refuseService(
      {
        service,
        action: 'sts:AssumeRole',
        resource: roleArn,
        // a trust policy names no resource: it is the role's own
        resourcePolicy: role.trust.map((statement) => ({ ...statement, Resource: roleArn })),
        context: { 'aws:SourceArn': sourceArn },
      },
      lane,
    );
  }

  private refusal(
    roleArn: string,
    request: AuthorizationRequest,
    resourcePolicy: readonly Statement[],
  ): string | undefined {
    const role = this.roles.get(roleArn);
    if (role === undefined) {
      return `role ${roleArn} is not part of the deployed stacks`;
    }
    const context = { ...this.transport(), 'aws:PrincipalAccount': this.accountId, ...request.context };
    const principal = { type: 'role', arn: roleArn } as const;
    const { statements: identity, boundary } = role;
    const decision = authorize({ ...request, context }, { identity, resourcePolicy, boundary, principal });
    return decision.allowed ? undefined : decision.reason;
  }

  /**
   * The reason why what somebody else has signed does not get from a function's subnets to its service, as an answer to CloudFormation; undefined when it
   * does.
   */
  public detention(
    { roleArn, subnets = [] }: Pick<Caller, 'roleArn' | 'subnets'>,
    request: AuthorizationRequest,
  ): string | undefined {
    const service = serviceOf(request);
    return this.network.obstacle(subnets, service) ?? this.endpointRefusal({ roleArn, subnets }, request, {});
  }

  /** The reason why the policy of a VPC endpoint on the way to the service does not let a request through. */
  private endpointRefusal(
    { roleArn, subnets = [] }: Pick<Caller, 'roleArn' | 'subnets'>,
    request: AuthorizationRequest,
    signer: Record<string, string> = { 'aws:PrincipalAccount': this.accountId },
  ): string | undefined {
    const service = serviceOf(request);
    const principal = { type: 'role', arn: roleArn } as const;
    const context = { ...this.transport(), ...signer, ...request.context };
    const decisions = this.network
      .policies(subnets, service)
      .map((resourcePolicy) => authorize({ ...request, context }, { identity: [], resourcePolicy, principal }));
    const refused = decisions.find(({ allowed }) => !allowed);
    return refused && `the policy of the VPC endpoint: ${refused.reason}`;
  }

  /** Conditions that hold for every call to AWS by the SDK: TLS. */
  private transport(): Record<string, string> {
    return { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };
  }

  private deny(denied: Omit<DeniedCall, 'time'>, name: string, lane: TimelineLane): void {
    const { caller, action, resource, reason } = denied;
    this.recorder.denied.push({ time: this.recorder.time, caller, action, resource, reason });
    this.recorder.problem(lane, `denied: ${action}`, `${name} (${caller}) on ${resource}: ${reason}`);
  }
}

/** The service whose endpoint a request goes to: endpoints of models have one of their own. */
function serviceOf({ action }: AuthorizationRequest): string {
  return action === 'sagemaker:InvokeEndpoint' ? 'sagemaker-runtime' : action.split(':')[0];
}
