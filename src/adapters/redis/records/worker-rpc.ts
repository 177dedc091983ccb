import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { Json } from '../../../domain/json'
import { StoreUnavailable } from '../../../ports/failure'
import type { WorkerRpc } from '../../../ports/worker-rpc'
import { disconnect } from '../connection/connections'
import { valueOf } from './read-record'
import { enqueueRequest } from '../scripts/enqueue-request'
import type { Store } from '../connection/store'
import type { Subscriber } from '../connection/subscriber'

/** Bounds: questions that wait for a worker, those that one worker answers at once, and a text's length. */
const maxQueued = 200
const maxConcurrent = 20
const maxLength = 512 * 1024
/** Until the next look after one that failed, in real milliseconds. */
const retryDelay = 500

interface Envelope {
  readonly id: string
  readonly asker: string
  /** When the asker stops waiting, by the server's clock. */
  readonly until: number
  readonly question: Json
}
interface Answer {
  readonly id: string
  readonly answer?: Json
  /** Present when the answerer failed. */
  readonly failed?: true
}
const envelopeShape = z.looseObject({ id: z.string(), asker: z.string(), until: z.number() })
const answerShape = z.looseObject({ id: z.string() })

interface Parts {
  readonly store: Store
  readonly subscriber: Subscriber
  /** Opens a `patient` connection. */
  readonly open: () => Redis
  /** Hears of questions that could not be answered. */
  readonly failed: (error: unknown) => void
}

/** Questions on Redis: they wait in a list that any worker pops; the answer is published to the asker. */
export const redisWorkerRpc = ({ store, subscriber, open, failed }: Parts): WorkerRpc => {
  const { keys } = store
  const asker = randomUUID()
  const pending = new Map<string, (answer: Answer) => void>()
  let listening: Promise<unknown> | undefined
  const listen = () => {
    listening ??= subscriber.listen(keys.replies(asker), (text) => {
      try {
        const answer = valueOf('an answer', text, answerShape) as Answer
        pending.get(answer.id)?.(answer)
      } catch (error) {
        failed(error)
      }
    }).heard
    return listening
  }

  const ask = async (question: Json, timeout: number): Promise<Json> => {
    const id = randomUUID()
    const until = store.now() + timeout
    const { promise: answered, resolve, reject } = deferred<Answer>()
    let asked = false
    const timer = setTimeout(
      () => reject(asked ? new Error('unanswered') : new StoreUnavailable('the store cannot be reached')),
      timeout,
    )
    pending.set(id, resolve)
    answered.catch(() => undefined)
    try {
      await Promise.race([listen(), answered])
      const text = JSON.stringify({ id, asker, until, question } satisfies Envelope)
      if (text.length > maxLength) throw new Error('the question is too long')
      const taken = await store.run(enqueueRequest, [keys.requests], [text, maxQueued, timeout])
      if (taken !== 1) throw new Error('unanswered', { cause: 'too many questions wait' })
      asked = true
      const { answer, failed } = await answered
      if (failed || answer === undefined) throw new Error('unanswered', { cause: 'the worker failed' })
      return answer
    } finally {
      clearTimeout(timer)
      pending.delete(id)
    }
  }

  const answerOne = async (text: string, answerer: (question: Json) => Promise<Json>) => {
    const { id, asker, until, question } = valueOf('a question', text, envelopeShape) as Envelope
    if (until <= store.now()) return
    const answer: Answer = await answerer(question).then(
      (answer) => ({ id, answer }),
      (error: unknown) => {
        failed(error)
        return { id, failed: true }
      },
    )
    const payload = JSON.stringify(answer)
    const bounded =
      payload.length > maxLength ? JSON.stringify({ id, failed: true } satisfies Answer) : payload
    await store.ask((client) => client.publish(keys.replies(asker), bounded))
  }

  const answer: WorkerRpc['serve'] = async (answerer) => {
    const client = open()
    const running = new Set<Promise<void>>()
    const stopping = new AbortController()
    const popping = (async () => {
      while (!stopping.signal.aborted) {
        const popped = await client.blpop(keys.requests, 5).catch((error: unknown) => {
          if (stopping.signal.aborted) return null
          failed(error)
          // A store that refuses at once, or a connection that is closed, would be asked without an end.
          return pause(retryDelay, null, { signal: stopping.signal }).catch(() => null)
        })
        if (popped === null) continue
        const one = answerOne(popped[1], answerer)
          .catch(failed)
          .finally(() => running.delete(one))
        running.add(one)
        if (running.size >= maxConcurrent) await Promise.race(running)
      }
    })()
    return async () => {
      stopping.abort()
      client.disconnect()
      await popping
      await Promise.all(running)
      await disconnect(client)
    }
  }

  return { call: ask, serve: answer }
}

const deferred = <T>() => {
  let resolve: (value: T) => void = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
