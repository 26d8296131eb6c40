import { expect, it } from 'vitest'
import { addStart, startLines, takeStart } from './app-script.ts'

const APP = 'App({\n  onLaunch() {}\n})\n'

const SCRIPTS: [kind: string, language: 'ts' | 'js', text: string, expected: string][] = [
  [
    'nothing above App',
    'js',
    "App({ a: 'b' });\n",
    "const { installLogin } = require('./auth-config');\ninstallLogin();\n\nApp({ a: 'b' });\n",
  ],
  [
    'the name of the file above',
    'js',
    `// app.js\n${APP}`,
    `// app.js\nconst { installLogin } = require('./auth-config')\ninstallLogin()\n\n${APP}`,
  ],
  [
    "'use strict'",
    'js',
    `'use strict'\n${APP}`,
    `'use strict'\nconst { installLogin } = require('./auth-config')\ninstallLogin()\n${APP}`,
  ],
  [
    'requires, one over several lines',
    'js',
    `const a = require("./a"); // a\nconst {\n  b,\n} = require("./b").c;\nrequire("./d");\n\n${APP}`,
    `const a = require("./a"); // a\nconst {\n  b,\n} = require("./b").c;\nrequire("./d");\nconst { installLogin } = require("./auth-config");\ninstallLogin();\n\n${APP}`,
  ],
  [
    'imports in JavaScript',
    'js',
    `import a from './a'\nimport { b,\n  c } from './b'\nimport './d'\n\nconst x = 1\n${APP}`,
    `import a from './a'\nimport { b,\n  c } from './b'\nimport './d'\nimport { installLogin } from './auth-config'\ninstallLogin()\n\nconst x = 1\n${APP}`,
  ],
  [
    'TypeScript with a reference and a type',
    'ts',
    `/// <reference path="./t.d.ts" />\nimport type { A } from './a'\nimport b = require('./b')\nApp<IAppOption>({})\n`,
    `/// <reference path="./t.d.ts" />\nimport type { A } from './a'\nimport b = require('./b')\nimport { installLogin } from './auth-config'\ninstallLogin()\nApp<IAppOption>({})\n`,
  ],
  [
    'a call that looks like a header',
    'js',
    `import('./lazy')\n${APP}`,
    `const { installLogin } = require('./auth-config')\ninstallLogin()\n\nimport('./lazy')\n${APP}`,
  ],
  [
    "Windows's line ends and a byte order mark",
    'js',
    '\uFEFF// app.js\r\nApp({})\r\n',
    "\uFEFF// app.js\r\nconst { installLogin } = require('./auth-config')\r\ninstallLogin()\r\n\r\nApp({})\r\n",
  ],
  [
    "comments behind 'use strict' and a require, without semicolons",
    'js',
    `'use strict' // a\nconst b = require('./b') // b\nrequire('./c') /* c */\n${APP}`,
    `'use strict' // a\nconst b = require('./b') // b\nrequire('./c') /* c */\nconst { installLogin } = require('./auth-config')\ninstallLogin()\n${APP}`,
  ],
  [
    'a require whose statement goes on below',
    'js',
    `const a = require('./a')\n  .create()\n${APP}`,
    `const { installLogin } = require('./auth-config')\ninstallLogin()\n\nconst a = require('./a')\n  .create()\n${APP}`,
  ],
  [
    'a function that is called at once, without semicolons',
    'js',
    `// app.js\n(function () {\n  ${APP}})()\n`,
    `// app.js\nconst { installLogin } = require('./auth-config')\ninstallLogin();\n\n(function () {\n  ${APP}})()\n`,
  ],
  ['nothing', 'js', '', "const { installLogin } = require('./auth-config');\ninstallLogin();\n"],
]

it.each(SCRIPTS)(
  'puts two lines into an app.js with %s, and takes them out',
  (_kind, language, text, expected) => {
    const added = addStart(text, startLines(text, language, 'auth-config'))
    expect(added.text).toBe(expected)
    expect(takeStart(added.text, added.inserted)).toBe(text)
  },
)

it('leaves lines that were edited', () => {
  const { text, inserted } = addStart(APP, startLines(APP, 'js', 'auth-config'))
  expect(takeStart(text.replace('installLogin()', 'installLogin() // mine'), inserted)).toBeUndefined()
})
