/** `npm pack -w wechat-cloud-emulator` runs this first: the declarations of the package, in `emulator/dist/types/`. */
import { readArguments } from './lib/arguments.ts'
import { writeDeclarations } from './lib/emulator-package/write-declarations.ts'

readArguments('npm pack -w wechat-cloud-emulator', {})

const { files, bytes } = writeDeclarations()
console.error(`dist/types  ${files} files, ${Math.round(bytes / 1024)} KB`)
