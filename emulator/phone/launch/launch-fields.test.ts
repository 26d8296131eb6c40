import { describe, expect, it } from 'vitest'
import { fieldsOfLaunch, type LaunchFields, launchOfFields } from './launch-fields.ts'

const NOW = 1_700_000_000_999
const empty: LaunchFields = { path: 'pages/a/a', query: [], scene: 1001, codeScene: '', link: '' }

describe('a launch', () => {
  it.each<[string, Partial<LaunchFields>, string]>([
    ['without a query', {}, 'pages/a/a'],
    ['of a path with a slash', { path: ' /pages/a/a ' }, 'pages/a/a'],
    [
      'with values that WeChat passes on as they are',
      { query: [['name', '大理 50%']] },
      'pages/a/a?name=大理 50%',
    ],
    ['with values that would end the query', { query: [['a', '1&b=2?c#d']] }, 'pages/a/a?a=1%26b=2%3Fc%23d'],
    [
      'without fields that have no name',
      {
        query: [
          [' ', '1'],
          ['b', ''],
        ],
      },
      'pages/a/a?b=',
    ],
    ['of a path that has a query', { path: 'pages/a/a?x=1', query: [['b', '2']] }, 'pages/a/a?x=1&b=2'],
    ['from a code', { scene: 1047, codeScene: 'id=1&x', link: 'no' }, 'pages/a/a?scene=id%3D1%26x'],
    [
      'from the QR code of a link',
      { scene: 1011, codeScene: 'no', link: 'https://example.com/a?b=1' },
      'pages/a/a?q=https%3A%2F%2Fexample.com%2Fa%3Fb%3D1&scancode_time=1700000000',
    ],
  ])('%s', (_name, fields, page) => {
    expect(launchOfFields({ ...empty, ...fields }, NOW).page).toBe(page)
  })

  it.each<[string, LaunchFields]>([
    [
      'a query',
      {
        ...empty,
        query: [
          ['id', '1'],
          ['t', 'a=b'],
        ],
      },
    ],
    ['the scene of a code', { ...empty, scene: 1047, query: [['id', '1']], codeScene: 'a=1&b=大理' }],
    ['the link of a QR code', { ...empty, scene: 1012, link: 'https://example.com/?a=%E4%BD%A0' }],
  ])('with %s is read back as it was filled in', (_name, fields) => {
    expect(fieldsOfLaunch(launchOfFields(fields, NOW))).toEqual(fields)
  })

  it('with a query that is cut short is read as far as it goes', () => {
    expect(fieldsOfLaunch({ page: 'pages/a/a?&scene=%E4%B', scene: 1047 })).toMatchObject({
      path: 'pages/a/a',
      codeScene: '%E4%B',
    })
  })
})
