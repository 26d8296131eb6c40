import type { Prompt } from '../prompt.ts'
import { readRenames } from './flags.ts'
import { type AddOptions, type GivenOptions, settleOptions } from './options.ts'
import { Refusal } from './refusal.ts'
import type { Target } from './target/target.ts'

interface Question {
  option: keyof GivenOptions
  text: string
  /** What Enter means; empty for nothing. */
  shown: string
  read: (answer: string) => GivenOptions
}

/**
 * Asks for what no flag says. Enter takes what stands in brackets; an answer that cannot be one is asked for again.
 * @throws Refusal at the end of the input
 */
export async function askOptions(
  prompt: Prompt,
  target: Target,
  known: AddOptions,
  given: GivenOptions,
): Promise<AddOptions> {
  let answers = given
  let options = known
  for (const question of questionsFor(target, known)) {
    if (given[question.option] !== undefined) continue
    for (;;) {
      const answer = await prompt.ask(`${question.text} [${question.shown}]: `)
      if (answer === undefined) throw new Refusal('什么都没有写入 · nothing was written')
      if (answer === '') break
      try {
        options = settleOptions(target, { ...answers, ...question.read(answer) })
        answers = { ...answers, ...question.read(answer) }
        break
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        console.log(error.message)
      }
    }
  }
  return options
}

function questionsFor({ cloudInit }: Target, known: AddOptions): Question[] {
  const cloudEnv: Question = {
    option: 'cloudEnv',
    text: '云环境 ID · cloud environment id',
    shown: '以后再填 · later',
    read: (answer) => ({ cloudEnv: answer }),
  }
  return [
    { option: 'name', text: '应用名 · name', shown: known.name, read: (answer) => ({ name: answer }) },
    {
      option: 'home',
      text: '首页 · home page',
      shown: known.home,
      read: (answer) => ({ home: answer.replace(/^\//, '') }),
    },
    {
      option: 'theme',
      text: '主色 #rrggbb · main colour',
      shown: known.theme ?? '登录自带的 · the login’s own',
      read: (answer) => ({ theme: answer }),
    },
    {
      option: 'collections',
      text: '集合改名，如 users=auth_users · other names of collections',
      shown: '不改 · none',
      read: (answer) => ({ collections: readRenames(answer) }),
    },
    ...(cloudInit ? [] : [cloudEnv]),
  ]
}
