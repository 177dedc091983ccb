import {
  CreateListenerCommand,
  DeleteListenerCommand,
  DescribeListenersCommand,
  type Listener as AwsListener,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Listener, Tags } from '../../../domain/provision/resources'
import type { Listeners } from '../../../ports/load-balancers'
import { answered, unlessGone } from '../client/answer'
import { type AwsClient, refusedWith } from '../client/client'
import { pages } from '../client/pages'
import type { SdkClients } from '../client/sdk-clients'
import { tagList } from '../convert'
import { defined } from '../../../domain/defined'
import { elbTags } from './elb-tags'

/** Listeners of load balancers, read when asked. */
export function createListeners({ elb }: SdkClients, aws: AwsClient): Listeners {
  const listenersOf = async (loadBalancer: string): Promise<readonly AwsListener[]> => {
    try {
      return await pages(async (Marker) => {
        const page = await aws.read('DescribeListeners', () =>
          elb.send(new DescribeListenersCommand({ LoadBalancerArn: loadBalancer, Marker })),
        )
        return { items: page.Listeners, next: page.NextMarker }
      })
    } catch (error) {
      if (refusedWith(error, /^LoadBalancerNotFound$/)) return []
      throw error
    }
  }

  return {
    of: async (loadBalancer) => {
      if (loadBalancer === '') return []
      const found = await listenersOf(loadBalancer)
      const tags = await elbTags(
        elb,
        aws,
        found.flatMap(({ ListenerArn }) => ListenerArn ?? []),
      )
      return found
        .map((listener) => toListener(listener, tags.get(listener.ListenerArn ?? '')))
        .sort((a, b) => a.port - b.port)
    },

    create: ({ loadBalancer, port, protocol, certificate, targetGroup, tags }) =>
      answered(
        {
          exists: /^DuplicateListener$/,
          unknown: /^(LoadBalancerNotFound|TargetGroupNotFound|CertificateNotFound)$/,
        },
        async () => {
          const { Listeners: [made] = [] } = await aws.change('CreateListener', () =>
            elb.send(
              new CreateListenerCommand({
                LoadBalancerArn: loadBalancer,
                Port: port,
                Protocol: protocol,
                ...(certificate !== undefined && { Certificates: [{ CertificateArn: certificate }] }),
                DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
                Tags: tagList(tags),
              }),
            ),
          )
          return made?.ListenerArn ?? ''
        },
      ),

    delete: (arn) =>
      unlessGone(/^ListenerNotFound$/, () =>
        aws.change('DeleteListener', () => elb.send(new DeleteListenerCommand({ ListenerArn: arn }))),
      ),
  }
}

const toListener = (listener: AwsListener, tags: Tags = {}): Listener => {
  const forward = listener.DefaultActions?.find(({ Type }) => Type === 'forward')
  const weighted = forward?.ForwardConfig?.TargetGroups ?? []
  const arns = [forward?.TargetGroupArn, ...weighted.map(({ TargetGroupArn }) => TargetGroupArn)]
  return defined({
    arn: listener.ListenerArn ?? '',
    loadBalancer: listener.LoadBalancerArn ?? '',
    port: listener.Port ?? 0,
    protocol: listener.Protocol ?? '',
    certificate: listener.Certificates?.[0]?.CertificateArn,
    targetGroups: [...new Set(arns.filter((arn) => arn !== undefined))],
    tags,
  })
}
