import type { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'

/** glass-easel's registry of the components of one mini-program. */
export type CodeSpace = ReturnType<MiniProgramEnv['createCodeSpace']>
