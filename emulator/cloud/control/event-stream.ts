import type { IncomingMessage, ServerResponse } from 'node:http'
import { TOPICS, type Topic } from '../../control/topic.ts'
import type { EventBus } from '../event-bus.ts'

/** Changes within this time become one message. */
const PAUSE_MILLISECONDS = 100

/**
 * Server-sent events: one message for each interval in which something changed, naming the topics; at once for other
 * code. The first message names all topics: anything may have changed before the listener connected.
 */
export function streamChanges(request: IncomingMessage, response: ServerResponse, events: EventBus): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const send = (topics: Iterable<Topic>) => response.write(`data: ${JSON.stringify([...topics])}\n\n`)
  const topics = new Set<Topic>()
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    send(topics)
    topics.clear()
  }
  const end = events.subscribe((topic) => {
    topics.add(topic)
    // A developer waits for it.
    if (topic === 'code') flush()
    else timer ??= setTimeout(flush, PAUSE_MILLISECONDS)
  })
  send(TOPICS)
  request.once('close', () => {
    clearTimeout(timer)
    end()
  })
}
