import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Changes, Topic } from '../changes.ts'

/** Changes that come faster than this are told as one. */
const PAUSE_MILLISECONDS = 100

/** Server-sent events: one message for each pause in which something changed, naming the topics. */
export function streamChanges(request: IncomingMessage, response: ServerResponse, changes: Changes): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(': listening\n\n')
  const topics = new Set<Topic>()
  let timer: NodeJS.Timeout | undefined
  const end = changes.listen((topic) => {
    topics.add(topic)
    timer ??= setTimeout(() => {
      response.write(`data: ${JSON.stringify([...topics])}\n\n`)
      topics.clear()
      timer = undefined
    }, PAUSE_MILLISECONDS)
  })
  request.once('close', () => {
    clearTimeout(timer)
    end()
  })
}
