import type { Question } from '../../core/question.ts'
import { computes } from '../forms.ts'

const T = { t: '广州 Tower é', u: 'a-b-c', z: null, n: 12 }

export const TEXT_EXPRESSION_QUESTIONS: readonly Question[] = [
  computes('expression.concat', T, ({ $ }) => $.concat(['$u', '!'])),
  computes('expression.concat-null', T, ({ $ }) => $.concat(['$u', '$z'])),
  computes('expression.concat-number', T, ({ $ }) => $.concat(['$u', '$n'])),
  computes('expression.index-of', T, ({ $ }) => [
    $.indexOfBytes(['$t', 'T']),
    $.indexOfCP(['$t', 'T']),
    $.indexOfCP(['$t', 'q']),
  ]),
  computes('expression.split', T, ({ $ }) => [
    $.split(['$u', '-']),
    $.split(['$u', 'x']),
    $.split(['$z', '-']),
  ]),
  computes('expression.split-empty', T, ({ $ }) => $.split(['$u', ''])),
  computes('expression.lengths', T, ({ $ }) => [$.strLenBytes('$t'), $.strLenCP('$t')]),
  computes('expression.length-of-null', T, ({ $ }) => $.strLenCP('$z')),
  computes('expression.strcasecmp', T, ({ $ }) => [
    $.strcasecmp(['a', 'B']),
    $.strcasecmp(['É', 'é']),
    $.strcasecmp(['$z', '']),
  ]),
  computes('expression.substr', T, ({ $ }) => [
    $.substrCP(['$t', 0, 2]),
    $.substrBytes(['$t', 0, 3]),
    $.substr(['$u', 2, -1]),
  ]),
  computes('expression.substr-half-a-character', T, ({ $ }) => $.substrBytes(['$t', 0, 2])),
  computes('expression.substr-of-number', T, ({ $ }) => $.substr(['$n', 0, 1])),
  computes('expression.upper-lower', T, ({ $ }) => [$.toUpper('$t'), $.toLower('$t'), $.toUpper('$z')]),
  computes('expression.trim', { t: ' \u00a0x\n ' }, () => ({ $trim: { input: '$t' } })),
  computes('expression.regex-match', T, () => ({
    $regexMatch: { input: '$t', regex: 'tower', options: 'i' },
  })),
  computes('expression.replace-all', T, () => ({
    $replaceAll: { input: '$u', find: '-', replacement: '' },
  })),
  computes('expression.to-string', T, () => [
    { $toString: '$n' },
    { $toString: 0.1 },
    { $toString: 1e21 },
    { $toString: true },
  ]),
  computes('expression.to-number', T, () => [
    { $toInt: '12' },
    { $toDouble: '1.50' },
    { $toInt: 1.9 },
    { $toBool: 'false' },
  ]),
  computes('expression.to-number-malformed', T, () => ({ $toInt: 'x' })),
  computes('expression.convert-on-error', T, () => ({
    $convert: { input: '$u', to: 'int', onError: 'bad' },
  })),
  computes('expression.meta', T, ({ $ }) => $.meta('textScore')),
]
