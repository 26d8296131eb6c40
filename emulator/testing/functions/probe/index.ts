/** Does what a test asks for, and answers what it saw. */
import cloud from 'wx-server-sdk'

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string })

type Event = { do: string; [field: string]: unknown }
type Action = (event: Event, context: Record<string, unknown>) => unknown

let calls = 0

/** What an SDK call gave or threw, as plain data. */
async function outcome(call: () => unknown): Promise<unknown> {
  try {
    return await call()
  } catch (error) {
    const { errCode, errMsg, code } = error as Record<string, unknown>
    return { errCode, errMsg, code }
  }
}

/** `done` or `failed`; `timeout` after two seconds. */
async function settled(call: unknown): Promise<string> {
  const timeout = new Promise<string>((resolve) => setTimeout(() => resolve('timeout'), 2000).unref())
  const end = Promise.resolve(call).then(
    () => 'done',
    () => 'failed',
  )
  return Promise.race([end, timeout])
}

const notes = () => cloud.database().collection('notes')

const actions: Record<string, Action> = {
  see: (event) => ({
    event,
    wxContext: cloud.getWXContext(),
    variables: process.env,
    processId: process.pid,
    calls,
    now: Date.now(),
    date: new Date().toISOString(),
    dateText: Date(),
    isDate: new Date() instanceof Date,
    leap: new Date(2024, 1, 29).getDate(),
  }),
  context: (_event, context) => context,
  write: ({ id }) =>
    cloud
      .database()
      .collection('notes')
      .doc(String(id))
      .set({ data: { by: 'write' } }),
  writeInTransaction: async ({ id }) => {
    const transaction = await cloud.database().startTransaction()
    await transaction
      .collection('notes')
      .doc(String(id))
      .set({ data: { by: 'transaction' } })
    await transaction.commit()
  },
  pause: ({ milliseconds }) => new Promise((resolve) => setTimeout(resolve, Number(milliseconds))),
  readSettled: () => settled(notes().limit(1).get()),
  writeSettled: ({ id }) =>
    settled(
      notes()
        .doc(String(id))
        .set({ data: { by: 'write' } }),
    ),
  // Sends two requests together and awaits the second.
  awaitOne: async () => {
    void notes().limit(1).get()
    return settled(cloud.database().collection('others').limit(1).get())
  },
  // A promise, since any other function is not over before its requests are.
  leaveBehind: async ({ id }) => {
    void cloud.database().collection('notes').doc(String(id)).get()
  },
  together: ({ count }) =>
    Promise.all(Array.from({ length: Number(count) }, () => cloud.database().collection('notes').count())),
  oneByOne: async ({ count }) => {
    for (let number = 0; number < Number(count); number++) await cloud.database().collection('notes').count()
  },
  bytes: ({ bytes }) => ({ isBuffer: Buffer.isBuffer(bytes), bytes, buffer: Buffer.from([1, 2]) }),
  lostBytes: () => ({ lost: new Uint8Array([1, 2]).buffer }),
  nothing: () => undefined,
  throw: () => {
    throw new Error('on request')
  },
  exit: () => process.exit(7),
  reject: () => void Promise.reject(new Error('left alone')),
  large: () => 'x'.repeat(2 * 1024 * 1024),
  circle: () => {
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    return circle
  },
  log: () => {
    console.log('one', { two: 2 })
    console.error('three')
    cloud.logger().info({ four: 4 })
  },
  openapi: ({ group, name, parameters }) =>
    outcome(() => cloud.openapi[String(group)][String(name)](parameters)),
  openData: ({ list }) => outcome(() => cloud.getOpenData({ list: list as string[] })),
  callFunction: ({ name, data }) =>
    outcome(() => cloud.callFunction({ name: String(name), data: data as object })),
  storage: async ({ path, text }) => {
    const fileContent = Buffer.from(String(text))
    const upload = await cloud.uploadFile({ cloudPath: String(path), fileContent: fileContent as never })
    const fileID = upload.fileID
    const urls = await cloud.getTempFileURL({ fileList: [fileID] })
    const download = await cloud.downloadFile({ fileID })
    return { fileID, urls, text: String(download.fileContent) }
  },
  deleteFile: ({ list }) => outcome(() => cloud.deleteFile({ fileList: list as string[] })),
  downloadFile: ({ fileID }) => outcome(() => cloud.downloadFile({ fileID: String(fileID) })),
  readFile: async ({ fileID }) => String((await cloud.downloadFile({ fileID: String(fileID) })).fileContent),
  uploadFile: ({ path }) =>
    outcome(() => cloud.uploadFile({ cloudPath: String(path), fileContent: Buffer.from('x') as never })),
}

export function main(event: Event, context: Record<string, unknown>): unknown {
  calls += 1
  return actions[event.do]?.(event, context)
}
