import { existsSync, unlinkSync, writeFileSync } from 'node:fs'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Unanswerable } from '../../core/answer.ts'
import { type Question, question } from '../../core/question.ts'

const area = 'instance'
const settles = ['instance-between-calls']

/** More than the default: the question begins a call of its own. */
const OWN_CALL = { milliseconds: 1500 }

/** Kept in the module, in the process and in its folder by one call, and read by the next. */
const left = {
  mark: '',
  callbacks: 0,
  lastTick: 0,
  longestPause: 0,
  ticking: undefined as NodeJS.Timeout | undefined,
  server: undefined as Server | undefined,
  socket: undefined as Socket | undefined,
}
const FILE = join(tmpdir(), 'parity-left.txt')
/** A pause between two calls that shows whether time stood still. */
const PAUSE_MILLISECONDS = 2000

const requireSameInstance = () => {
  if (left.mark === '') throw new Unanswerable('another instance answers this part')
}

function tick(): void {
  const now = Date.now()
  left.longestPause = Math.max(left.longestPause, now - left.lastTick)
  left.lastTick = now
}

async function leaveSocket(): Promise<void> {
  const server = createServer((socket) => socket.pipe(socket))
  left.server = server
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  left.socket = await new Promise<Socket>((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => resolve(socket))
    socket.on('error', reject)
  })
}

function echoed(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('nothing'), 800)
    socket.once('data', (chunk) => {
      clearTimeout(timer)
      resolve(chunk.toString('utf8'))
    })
    socket.once('error', reject)
    socket.write('still open')
  })
}

function removeLeft(): void {
  clearInterval(left.ticking)
  left.socket?.destroy()
  left.server?.close()
  if (existsSync(FILE)) unlinkSync(FILE)
}

/** What one call leaves, and the next finds. The first question leaves it, in a call of its own. */
export const INSTANCE_QUESTIONS: readonly Question[] = [
  question('instance.leaves-a-timer-a-socket-and-a-file', {
    area,
    settles,
    ...OWN_CALL,
    ask: async () => {
      left.mark = 'left'
      process.env['PARITY_LEFT'] = 'left'
      ;(globalThis as Record<string, unknown>)['parityLeft'] = 'left'
      writeFileSync(FILE, 'left')
      await leaveSocket()
      left.lastTick = Date.now()
      left.ticking = setInterval(tick, 25)
      setTimeout(() => {
        left.callbacks += 1
      }, 0)
      return 'left'
    },
  }),
  question('instance.module-state-survives', { area, settles, ...OWN_CALL, ask: () => left.mark === 'left' }),
  question('instance.global-survives', {
    area,
    settles,
    ask: () => (globalThis as Record<string, unknown>)['parityLeft'] === 'left',
  }),
  question('instance.variable-survives', {
    area,
    settles,
    ask: ({ environment }) => environment['PARITY_LEFT'] === 'left',
  }),
  question('instance.temporary-file-survives', { area, settles, ask: () => existsSync(FILE) }),
  question('instance.left-callback-has-run', {
    area,
    settles: ['instance-timers'],
    ask: () => {
      requireSameInstance()
      return left.callbacks > 0
    },
  }),
  question('instance.socket-survives', {
    area,
    settles: ['instance-timers'],
    ask: () => {
      requireSameInstance()
      return left.socket ? echoed(left.socket) : 'none'
    },
  }),
  question('instance.timer-runs-between-calls', {
    area,
    settles: ['instance-timers'],
    ask: () => {
      requireSameInstance()
      tick()
      if (left.longestPause < PAUSE_MILLISECONDS)
        throw new Unanswerable('the next part came too soon: wait two seconds before each part')
      return false
    },
  }),
  question('instance.removes-what-it-left', {
    area,
    settles,
    ask: () => {
      removeLeft()
      return existsSync(FILE)
    },
  }),
]
