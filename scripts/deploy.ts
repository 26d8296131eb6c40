/**
 * `npm run deploy`: shows what would be sent and sends nothing; `-- --yes` sends it by miniprogram-ci (WeChat's own tool,
 * fetched by npx), which needs the upload key and this machine's address in its whitelist.
 *
 * Without a word it is about the cloud functions, and updates those that exist. `upload` uploads the mini-program as a
 * version, `preview` makes a QR code for it.
 */
import { readArguments } from './lib/arguments.ts'
import { sendFunctions } from './lib/deployment/send-functions.ts'
import { sendMiniProgram } from './lib/deployment/send-mini-program.ts'
import { fail } from './lib/project.ts'

const USAGE = `npm run deploy                                云函数，预演 · the cloud functions, a dry run
npm run deploy -- --yes [--created-in-devtools] [--function NAME]… [--secrets-in-console]
npm run deploy -- upload [--version 1.2.3] [--desc TEXT] [--robot 1–30] [--yes]   小程序 · the mini-program
npm run deploy -- preview [--qrcode FILE.jpg] [--yes]
      [--key FILE] [--uncommitted]`

const { values, positionals } = readArguments(USAGE, {
  allowPositionals: true,
  options: {
    yes: { type: 'boolean', default: false },
    uncommitted: { type: 'boolean', default: false },
    key: { type: 'string' },
    'created-in-devtools': { type: 'boolean', default: false },
    'secrets-in-console': { type: 'boolean', default: false },
    function: { type: 'string', multiple: true, default: [] },
    version: { type: 'string' },
    desc: { type: 'string' },
    robot: { type: 'string', default: '1' },
    qrcode: { type: 'string' },
  },
})

const [action = 'functions', ...more] = positionals
const shared = { isConfirmed: values.yes, isUncommittedAllowed: values.uncommitted, key: values.key }
if (more.length > 0) fail(`参数有误 · arguments: ${more.join(' ')}\n${USAGE}`)
if (action === 'functions') {
  await sendFunctions({
    ...shared,
    areCreated: values['created-in-devtools'],
    secretsInConsole: values['secrets-in-console'],
    only: values.function,
  })
} else if (action === 'upload' || action === 'preview') {
  const { version, desc: description, robot, qrcode: qrCode } = values
  await sendMiniProgram({ ...shared, action, version, description, robot, qrCode })
} else {
  fail(`参数有误 · arguments: ${action}\n${USAGE}`)
}
