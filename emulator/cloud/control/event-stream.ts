import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Changes, TOPICS, type Topic } from '../changes.ts'

/** Changes that come faster than this are told as one. */
const PAUSE_MILLISECONDS = 100

/**
 * Server-sent events: one message for each pause in which something changed, naming the topics. The first names them
 * all: anything may have changed since the listener last looked, or while its connection was broken.
 */
export function streamChanges(request: IncomingMessage, response: ServerResponse, changes: Changes): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const tell = (topics: Iterable<Topic>) => response.write(`data: ${JSON.stringify([...topics])}\n\n`)
  const topics = new Set<Topic>()
  let timer: NodeJS.Timeout | undefined
  const end = changes.listen((topic) => {
    topics.add(topic)
    timer ??= setTimeout(() => {
      tell(topics)
      topics.clear()
      timer = undefined
    }, PAUSE_MILLISECONDS)
  })
  tell(TOPICS)
  request.once('close', () => {
    clearTimeout(timer)
    end()
  })
}
