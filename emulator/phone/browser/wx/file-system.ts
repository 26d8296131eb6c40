import type { Device } from '../device/device.ts'
import { readAtOnce } from '../device/files.ts'
import { SAVED_ROOT, USER_ROOT, type UserFile } from '../device/user-files.ts'
import { ApiFailure } from '../services/api-failure.ts'
import { assetUrl } from '../services/asset-url.ts'
import { decode, encode } from './encoding.ts'
import type { Options } from './options.ts'

type Bytes = Uint8Array<ArrayBuffer>

const missing = (path: string) =>
  new ApiFailure(`no such file or directory "${path}"`, { errno: 1300002, errCode: 1300002 })
const denied = (path: string) =>
  new ApiFailure(`permission denied, open "${path}"`, { errno: 1300013, errCode: 1300013 })
const exists = (path: string) =>
  new ApiFailure(`file already exists "${path}"`, { errno: 1301005, errCode: 1301005 })

const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/'))
const clean = (path: string) => path.replace(/([^:/])\/+$/, '$1').replace(/([^:])\/{2,}/g, '$1/')
const isRoot = (path: string) => path === USER_ROOT || path === SAVED_ROOT

/**
 * The files of the phone as WeChat's FileSystemManager sees them: the user folder may be written, temporary files and
 * the mini-program's own only read. All methods throw ApiFailure in WeChat's words.
 */
export class FileSystem {
  readonly #device: Device

  constructor(device: Device) {
    this.#device = device
  }

  access(options: Options): void {
    this.#stat(clean(options.text('path')))
  }

  readFile(options: Options): string | ArrayBuffer {
    const bytes = this.#read(clean(options.text('filePath')))
    const position = options.number('position', 0)
    const length = options.number('length', bytes.length)
    return decode(bytes.slice(position, position + length), options.text('encoding'))
  }

  writeFile(options: Options): void {
    const bytes = encode(options.value('data'), options.text('encoding'))
    this.#write(clean(options.text('filePath')), bytes)
  }

  appendFile(options: Options): void {
    const path = clean(options.text('filePath'))
    const more = encode(options.value('data'), options.text('encoding'))
    this.#write(path, joined(this.#read(path), more))
  }

  truncate(options: Options): void {
    const path = clean(options.text('filePath'))
    const length = options.number('length', 0)
    const kept = this.#read(path).slice(0, length)
    this.#write(path, joined(kept, new Uint8Array(Math.max(length - kept.length, 0))))
  }

  copyFile(options: Options): void {
    this.#write(clean(options.text('destPath')), this.#read(clean(options.text('srcPath'))))
  }

  rename(options: Options): void {
    const [from, to] = [clean(options.text('oldPath')), clean(options.text('newPath'))]
    const { userFiles } = this.#device
    const found = userFiles.find(from)
    if (!found) {
      this.#write(to, this.#read(from))
      this.#device.files.remove(from)
      return
    }
    this.#requireFolder(to)
    for (const file of [found, ...userFiles.below(from)]) {
      userFiles.remove(file.path)
      userFiles.write({ ...file, path: to + file.path.slice(from.length) })
    }
  }

  unlink(options: Options): void {
    const path = clean(options.text('filePath'))
    const { files, userFiles } = this.#device
    const kept = userFiles.find(path)
    if (kept && !kept.bytes)
      throw new ApiFailure(`operation not permitted, unlink "${path}"`, { errno: 1300001 })
    if (!kept && !files.find(path)) throw missing(path)
    if (kept) userFiles.remove(path)
    else files.remove(path)
  }

  mkdir(options: Options): void {
    const path = clean(options.text('dirPath'))
    const { userFiles } = this.#device
    if (!path.startsWith(`${USER_ROOT}/`)) throw isRoot(path) ? exists(path) : denied(path)
    if (userFiles.find(path)) throw exists(path)
    if (!options.flag('recursive', false)) this.#requireFolder(path)
    for (let at = USER_ROOT.length; at >= 0; ) {
      at = path.indexOf('/', at + 1)
      const folder = at < 0 ? path : path.slice(0, at)
      if (userFiles.find(folder)?.bytes) throw exists(folder)
      if (!userFiles.find(folder)) userFiles.write({ path: folder, savedAt: Date.now() })
    }
  }

  rmdir(options: Options): void {
    const path = clean(options.text('dirPath'))
    const { userFiles } = this.#device
    const found = userFiles.find(path)
    if (!found || found.bytes) throw missing(path)
    const inside = userFiles.below(path)
    if (inside.length > 0 && !options.flag('recursive', false)) {
      throw new ApiFailure(`directory not empty "${path}"`, { errno: 1300066 })
    }
    for (const file of [...inside, found]) userFiles.remove(file.path)
  }

  /** Names of what is in a folder. */
  readdir(options: Options): string[] {
    const path = clean(options.text('dirPath'))
    if (this.#stat(path).bytes) throw new ApiFailure(`not a directory "${path}"`, { errno: 1300020 })
    const names = this.#device.userFiles.below(path).map((file) => file.path.slice(path.length + 1))
    return names.filter((name) => !name.includes('/'))
  }

  stat(options: Options): object {
    const path = clean(options.text('path'))
    const stats = statsOf(this.#stat(path))
    if (!options.flag('recursive', false)) return stats
    const below = this.#device.userFiles.below(path)
    return [
      { path: '/', stats },
      ...below.map((file) => ({ path: file.path.slice(path.length), stats: statsOf(file) })),
    ]
  }

  /** @returns the path under which the file is kept */
  saveFile(options: Options): string {
    const from = clean(options.text('tempFilePath'))
    const bytes = this.#read(from)
    const ending = /\.\w+$/.exec(from)?.[0] ?? ''
    const path = clean(options.text('filePath') || `${SAVED_ROOT}/${crypto.randomUUID()}${ending}`)
    this.#write(path, bytes)
    this.#device.files.remove(from)
    return path
  }

  savedFiles(): { filePath: string; size: number; createTime: number }[] {
    return this.#device.userFiles.below(SAVED_ROOT).map(({ path, bytes, savedAt }) => ({
      filePath: path,
      size: bytes?.length ?? 0,
      createTime: Math.floor(savedAt / 1000),
    }))
  }

  removeSaved(options: Options): void {
    const path = clean(options.text('filePath'))
    if (!this.#device.userFiles.find(path)) throw missing(path)
    this.#device.userFiles.remove(path)
  }

  #read(path: string): Bytes {
    if (this.#device.userFiles.find(path) && !this.#device.userFiles.find(path)?.bytes) {
      throw new ApiFailure(`illegal operation on a directory, open "${path}"`, { errno: 1300021 })
    }
    const bytes = this.#device.files.bytesOf(path) ?? this.#readPackage(path)
    if (!bytes) throw missing(path)
    return bytes
  }

  /** A file of the mini-program itself. */
  #readPackage(path: string): Bytes | undefined {
    return /^\w+:/.test(path) || path === '' ? undefined : readAtOnce(assetUrl(path, '', this.#device.files))
  }

  #write(path: string, bytes: Bytes): void {
    if (!path.startsWith(`${USER_ROOT}/`) && !path.startsWith(`${SAVED_ROOT}/`)) throw denied(path)
    this.#requireFolder(path)
    this.#device.userFiles.write({ path, bytes, savedAt: Date.now() })
  }

  #requireFolder(path: string): void {
    const parent = parentOf(path)
    const found = this.#device.userFiles.find(parent)
    if (!isRoot(parent) && (!found || found.bytes)) throw missing(path)
  }

  #stat(path: string): UserFile {
    if (isRoot(path)) return { path, savedAt: 0 }
    const kept = this.#device.userFiles.find(path)
    return kept ?? { path, bytes: this.#read(path), savedAt: 0 }
  }
}

function statsOf({ bytes, savedAt }: UserFile): object {
  const time = Math.floor(savedAt / 1000)
  return {
    mode: bytes ? 33206 : 16822,
    size: bytes?.length ?? 0,
    lastAccessedTime: time,
    lastModifiedTime: time,
    isFile: () => bytes !== undefined,
    isDirectory: () => bytes === undefined,
  }
}

function joined(first: Bytes, second: Bytes): Bytes {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}
