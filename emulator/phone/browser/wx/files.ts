import { ApiFailure } from '../services/api-failure.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import { fromBase64, hex, toBase64 } from './encoding.ts'
import { FileSystem } from './file-system.ts'
import { md5 } from './md5.ts'
import { Options } from './options.ts'
import { unimplementedObject } from './unimplemented.ts'

/** WeChat's errno for a missing file. */
const NO_SUCH_FILE = 1300002

type Operation = (options: Options) => unknown

/** The user's files, `FileSystemManager`, and conversions of base64. */
export function fileApis({ device }: WxContext): WxApis {
  const system = new FileSystem(device)
  const info = async (options: Options) => {
    const path = options.text('filePath')
    const bytes = device.files.bytesOf(path)
    if (!bytes) throw new ApiFailure(`no such file or directory "${path}"`, { errno: NO_SUCH_FILE })
    const isSha1 = options.text('digestAlgorithm') === 'sha1'
    const sha1 = async () => hex(new Uint8Array(await crypto.subtle.digest('SHA-1', bytes)))
    return { size: bytes.length, digest: isSha1 ? await sha1() : md5(bytes) }
  }
  const saved = {
    getFileInfo: asynchronous('getFileInfo', info),
    getSavedFileList: asynchronous('getSavedFileList', () => ({ fileList: system.savedFiles() })),
    removeSavedFile: asynchronous('removeSavedFile', (options) => system.removeSaved(options)),
    saveFile: asynchronous('saveFile', (options) => ({ savedFilePath: system.saveFile(options) })),
  }
  const manager = unimplementedObject('wx.getFileSystemManager', device.errors, {
    ...saved,
    ...bothForms('access', ['path'], (options) => system.access(options)),
    ...bothForms('appendFile', ['filePath', 'data', 'encoding'], (options) => system.appendFile(options)),
    ...bothForms('copyFile', ['srcPath', 'destPath'], (options) => system.copyFile(options)),
    ...bothForms('mkdir', ['dirPath', 'recursive'], (options) => system.mkdir(options)),
    ...bothForms(
      'readFile',
      ['filePath', 'encoding', 'position', 'length'],
      (options) => system.readFile(options),
      'data',
    ),
    ...bothForms('readdir', ['dirPath'], (options) => system.readdir(options), 'files'),
    ...bothForms('rename', ['oldPath', 'newPath'], (options) => system.rename(options)),
    ...bothForms('rmdir', ['dirPath', 'recursive'], (options) => system.rmdir(options)),
    ...bothForms(
      'saveFile',
      ['tempFilePath', 'filePath'],
      (options) => system.saveFile(options),
      'savedFilePath',
    ),
    ...bothForms('stat', ['path', 'recursive'], (options) => system.stat(options), 'stats'),
    ...bothForms('truncate', ['filePath', 'length'], (options) => system.truncate(options)),
    ...bothForms('unlink', ['filePath'], (options) => system.unlink(options)),
    ...bothForms('writeFile', ['filePath', 'data', 'encoding'], (options) => system.writeFile(options)),
  })
  return {
    ...saved,
    getSavedFileInfo: asynchronous('getSavedFileInfo', (options) => {
      const found = system.savedFiles().find(({ filePath }) => filePath === options.text('filePath'))
      if (!found) throw new ApiFailure('no such file or directory', { errno: NO_SUCH_FILE })
      return found
    }),
    getFileSystemManager: () => manager,
    arrayBufferToBase64: (buffer: ArrayBuffer) => toBase64(new Uint8Array(buffer)),
    base64ToArrayBuffer: (text: unknown) => fromBase64(String(text)).buffer,
  }
}

/** `name` with options and callbacks, and `nameSync` with parameters, which throws. */
function bothForms(name: string, parameters: readonly string[], run: Operation, resultName?: string): WxApis {
  return {
    [name]: asynchronous(name, (options) => {
      const result = run(options)
      return resultName === undefined ? undefined : { [resultName]: result }
    }),
    [`${name}Sync`]: (...values: unknown[]) => {
      const named = Object.fromEntries(parameters.map((parameter, at) => [parameter, values[at]]))
      try {
        return run(new Options(named))
      } catch (error) {
        if (error instanceof Error) error.message = `${name}Sync:fail ${error.message}`
        throw error
      }
    },
  }
}
