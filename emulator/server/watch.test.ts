import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchDirectory } from './watch.ts'

const LONGEST_WAIT_MILLISECONDS = 5000

let directory: string
let file: string
let notices: number
let end: () => void
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'watched-'))
  mkdirSync(join(directory, 'pages/home'), { recursive: true })
  file = join(directory, 'pages/home/home.ts')
  writeFileSync(file, '0')
  notices = 0
  end = watchDirectory(directory, async () => {
    notices += 1
  })
})
afterEach(() => {
  end()
  rmSync(directory, { recursive: true, force: true })
})

/** Whether the action is noticed. A late notice of it does not count for the next action. */
async function isNoticed(act: () => void): Promise<boolean> {
  await quiet()
  const before = notices
  act()
  for (let waited = 0; waited < LONGEST_WAIT_MILLISECONDS; waited += 10) {
    if (notices > before) return true
    await sleep(10)
  }
  return false
}

async function quiet(): Promise<void> {
  for (let before = -1; before !== notices; ) {
    before = notices
    await sleep(80)
  }
}

const inPlace = () => writeFileSync(file, String(Math.random()))
const byRename = () => {
  writeFileSync(`${file}.new`, String(Math.random()))
  renameSync(`${file}.new`, file)
}
const asJetBrains = () => {
  writeFileSync(`${file}___jb_tmp___`, String(Math.random()))
  renameSync(file, `${file}___jb_old___`)
  renameSync(`${file}___jb_tmp___`, file)
  rmSync(`${file}___jb_old___`)
}
const asVim = () => {
  const probe = join(directory, 'pages/home/4913')
  writeFileSync(probe, '')
  rmSync(probe)
  renameSync(file, `${file}~`)
  writeFileSync(file, String(Math.random()))
  rmSync(`${file}~`)
}
const removeAndMakeAgain = () => {
  rmSync(join(directory, 'pages'), { recursive: true })
  mkdirSync(join(directory, 'pages/home'), { recursive: true })
  writeFileSync(file, String(Math.random()))
}

describe('a watched folder', () => {
  it.each([
    ['in place', inPlace],
    ['by a rename, as sed -i', byRename],
    ['as JetBrains does', asJetBrains],
    ['as vim does', asVim],
    ['after its folder was removed and made again', removeAndMakeAgain],
  ])('has every save of a file noticed: %s, and in place after that', async (_name, save) => {
    for (let round = 0; round < 4; round++) {
      expect([round, await isNoticed(save)]).toEqual([round, true])
      expect([round, await isNoticed(inPlace)]).toEqual([round, true])
    }
  })

  it('has files of new folders noticed, however deep', async () => {
    const deep = join(directory, 'a/b/c')
    expect(await isNoticed(() => mkdirSync(deep, { recursive: true }))).toBe(true)
    expect(await isNoticed(() => writeFileSync(join(deep, 'new.ts'), '1'))).toBe(true)
    expect(await isNoticed(() => writeFileSync(join(deep, 'new.ts'), '2'))).toBe(true)
  })

  it('survives the removal of a large tree, of itself, and being made again', async () => {
    const large = join(directory, 'large')
    const make = () => {
      for (let folder = 0; folder < 60; folder++) {
        mkdirSync(join(large, `${folder}/deep`), { recursive: true })
        for (let name = 0; name < 5; name++) writeFileSync(join(large, `${folder}/deep/${name}.ts`), '')
      }
    }
    for (let round = 0; round < 3; round++) {
      expect(await isNoticed(make)).toBe(true)
      expect(await isNoticed(() => writeFileSync(join(large, '59/deep/0.ts'), 'x'))).toBe(true)
      expect(await isNoticed(() => rmSync(large, { recursive: true }))).toBe(true)
    }
    expect(await isNoticed(() => rmSync(directory, { recursive: true }))).toBe(true)
    expect(await isNoticed(() => mkdirSync(join(directory, 'pages/home'), { recursive: true }))).toBe(true)
    expect(await isNoticed(inPlace)).toBe(true)
  })

  it('tells nothing once it has ended, not even what it has just noticed', async () => {
    for (let time = 0; time < 5; time++) {
      inPlace()
      await sleep(15)
      end()
      const before = notices
      await sleep(150)
      expect(notices).toBe(before)
      end = watchDirectory(directory, async () => {
        notices += 1
      })
      await quiet()
    }
  })

  it('does not tell of an ignored folder in it', async () => {
    end()
    const data = join(directory, 'data')
    mkdirSync(data)
    end = watchDirectory(
      directory,
      async () => {
        notices += 1
      },
      data,
    )
    await quiet()
    const before = notices
    writeFileSync(join(data, 'cloud.lmdb'), '1')
    mkdirSync(join(data, 'deep'))
    writeFileSync(join(data, 'deep/file'), '1')
    await sleep(200)
    expect(notices).toBe(before)
    expect(await isNoticed(inPlace)).toBe(true)
  })

  it('notices again after the callback has failed', async () => {
    end()
    const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
    end = watchDirectory(directory, async () => {
      notices += 1
      throw new Error('cannot be built')
    })
    try {
      expect(await isNoticed(inPlace)).toBe(true)
      expect(await isNoticed(byRename)).toBe(true)
      expect(String(errors.mock.calls[0])).toContain('cannot be built')
    } finally {
      errors.mockRestore()
    }
  })

  it('tells nothing any more once it has ended', async () => {
    end()
    inPlace()
    await sleep(200)
    expect(notices).toBe(0)
  })
})
