import type { Statement } from '../semantics/policy/policy';

/** A VPC endpoint: a way from subnets to one service. */
export interface VpcEndpoint {
  readonly id: string;
  readonly vpcId: string;
  /** as the name of the service ends, `sagemaker.api` */
  readonly service: string;
  /** of a gateway, whose way is an entry in these; absent for an interface, which every subnet of the VPC reaches */
  readonly routeTables?: readonly string[];
  /** whether the service's usual name leads to it; an entry in a route table needs none */
  readonly hasPrivateDns: boolean;
  /** statements of its policy */
  readonly policy: readonly Statement[];
}

/** Names of services in signatures and actions that endpoints have another name for. */
const SERVICES: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  sagemaker: 'sagemaker.api',
  'sagemaker-runtime': 'sagemaker.runtime',
};

/**
 * The VPCs of the account: which services are reached from their subnets. What security groups and ACLs let through is not rehearsed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
 */
export class Network {
  /** the VPC of each subnet */
  public readonly subnets = new Map<string, string>();
  /** the route table of each subnet */
  public readonly routeTables = new Map<string, string>();
  /** route tables with a way to everywhere: functions have no public address, so the way is not an internet gateway's */
  public readonly waysOut = new Set<string>();
  public readonly endpoints = new Map<string, VpcEndpoint>();

  /** Why a service is not reached from all of these subnets; of subnets that are not the account's, nothing is known, and they are taken to reach all. */
  public obstacle(subnets: readonly string[], service: string): string | undefined {
    const stuck = subnets.find(
      (subnet) => !this.reachesAll(subnet) && this.endpointsFrom(subnet, service).length === 0,
    );
    if (stuck === undefined) return undefined;
    return `${stuck} of ${this.subnets.get(stuck)} has neither a VPC endpoint for ${nameOf(service)} nor a route that leads out of the VPC`;
  }

  /** The policies of the endpoints by which a service is reached from these subnets, where no route leads out: each has to allow the request. */
  public policies(subnets: readonly string[], service: string): (readonly Statement[])[] {
    return subnets
      .filter((subnet) => !this.reachesAll(subnet))
      .flatMap((subnet) => this.endpointsFrom(subnet, service).slice(0, 1))
      .map(({ policy }) => policy);
  }

  /** Subnets that are not the account's, each once. */
  public unknown(subnets: readonly string[]): string[] {
    return [...new Set(subnets)].filter((subnet) => !this.subnets.has(subnet));
  }

  private reachesAll(subnet: string): boolean {
    const table = this.routeTables.get(subnet);
    return !this.subnets.has(subnet) || (table !== undefined && this.waysOut.has(table));
  }

  private endpointsFrom(subnet: string, service: string): VpcEndpoint[] {
    const table = this.routeTables.get(subnet);
    return [...this.endpoints.values()].filter(
      (endpoint) =>
        endpoint.vpcId === this.subnets.get(subnet) &&
        endpoint.service === nameOf(service) &&
        (endpoint.routeTables ? table !== undefined && endpoint.routeTables.includes(table) : endpoint.hasPrivateDns),
    );
  }
}

const nameOf = (service: string) => SERVICES[service] ?? service;
