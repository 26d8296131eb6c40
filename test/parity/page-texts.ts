interface Facts {
  /** Whether somebody has asked a cloud or a phone. */
  hasRun: boolean
  /** Of the function. */
  questions: number
  /** On the phone’s page. */
  buttons: number
  counts: { same: number; differs: number; unknown: number }
}

/** `docs/en/parity.md`. */
export function english({ hasRun, questions, buttons, counts }: Facts, tables: string): string {
  return `# Parity with the real cloud

[中文](../zh-CN/parity.md)

What this project says of WeChat's cloud, and what is known of it: ${counts.same} statements are the same, ${counts.differs} differ,
${counts.unknown} are unknown. ${
    hasRun
      ? '*Same* and *differs* rest on answers of a live environment where it says so, else on the public document that'
      : '**Nobody has run the questions in a live environment yet**: *same* and *differs* rest on the public document that'
  }
is linked. A mark *(not verified)* in another document leads to its row here.

## Ask your environment

\`npm run parity\` builds a function \`parity\` that asks ${questions} small questions in collections \`parity_*\` and files \`parity/…\` of its own, and
removes them again. It is no part of the product, and refuses to run without a token that is made for one run.

\`\`\`sh
npm run parity -- local
npm run parity -- token
\`\`\`

The first runs it on the emulator, whose answers are in \`parity/answers/emulator.json\`. Deploy \`dist/parity/parity\` like any function
(右键 → 上传并部署), also its timer (上传触发器). A time limit of 20 s answers some questions more. In 云端测试 send \`{"token": "…"}\`, then what \`todo\`
of each answer says, and wait two seconds before each part; or \`npm run parity -- fetch\`, which asks by the CloudBase CLI.
\`npm run parity -- compare answer.json\` compares, and with \`--write\` keeps the answers for this page. Delete the function afterwards.

**On a phone**: open \`parity/phone\` in WeChat DevTools with your appid, scan the preview, and tap from top to bottom: ${buttons} buttons for what only a
device can say. 复制结果 copies a text for the same \`compare\`. It has names of events, fields and errors, and no number, code, openid or path.

\`npx vitest run test/parity/page.test.ts -u\` writes this page from \`parity/statements\`, the catalogue and the answers.

${tables}`
}

/** `docs/zh-CN/parity.md`. */
export function chinese({ hasRun, questions, buttons, counts }: Facts, tables: string): string {
  return `# 与真实云环境的对照

[English](../en/parity.md)

本项目对微信云开发的说法，以及目前知道的情况：${counts.same} 条一致，${counts.differs} 条不同，${counts.unknown} 条未知。${
    hasRun ? '“一致”和“不同”依据云端运行（写明的）' : '**还没有人在真实环境里运行过这些问题**：“一致”和“不同”'
  }
${hasRun ? '或' : '只依据'}所链接的公开文档。其他文档里的“未验证”（*not verified*）都指向这里的一行。

## 在自己的环境里问

\`npm run parity\` 构建云函数 \`parity\`，在自己的集合 \`parity_*\` 和文件 \`parity/…\` 里问 ${questions} 个小问题，问完删除。它不属于产品；没有为这一次运行生成的令牌
就拒绝运行。

\`\`\`sh
npm run parity -- local
npm run parity -- token
\`\`\`

第一条在模拟器上运行，答案在 \`parity/answers/emulator.json\`。\`dist/parity/parity\` 像其他云函数一样部署（右键 → 上传并部署），再上传触发器。超时时间设为 20 秒能多回答几个
问题。在云端测试发送 \`{"token": "…"}\`，之后按每次答案里的 \`todo\` 发送，每段之前等两秒；或者用 \`npm run parity -- fetch\`，由 CloudBase CLI 去问。
\`npm run parity -- compare answer.json\` 做比较，加 \`--write\` 把答案留给本页。最后删除这个云函数。

**真机**：用自己的 appid 在微信开发者工具里打开 \`parity/phone\`，扫码预览，从上到下点 ${buttons} 个按钮：都是只有真机能回答的问题。“复制结果”得到同样交给 \`compare\` 的文本，
其中只有事件名、字段名和错误，没有号码、code、openid 和路径。

\`npx vitest run test/parity/page.test.ts -u\` 由 \`parity/statements\`、问题目录和答案生成本页。

${tables}`
}
