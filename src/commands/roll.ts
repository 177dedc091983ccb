import { stem, takeServiceAndWord } from './arguments'
import { missingArgument, badValue } from './spec'
import { starting } from './starting'

export const roll = starting({
  name: 'roll',
  synonyms: { en: ['reroll', 'recycle'], ko: ['교체', '롤', '롤링'] },
  usage: 'roll <service> [<template version>] [--dry-run] [--reason "…"]',
  summary: {
    en: 'Replaces the fleet with a template version that exists already; without a number with the newest.',
    ko: '기존 시작 템플릿 버전으로 인스턴스를 교체합니다. 번호가 없으면 최신 버전을 사용합니다.',
  },
  examples: { en: ['roll web', 'roll web 3'], ko: ['교체 web', 'web 3 교체'] },
  parse({ words, options, catalogue }, start) {
    const found = takeServiceAndWord(words, catalogue)
    if (!found.ok) return found
    const { service, word } = found
    // Launch template versions are numbered from 1; `v3` and `#3` are how people write them.
    const newest = word !== undefined && ['latest', 'newest', '최신'].includes(stem(word).toLowerCase())
    const number = word && /^[v#]?([1-9]\d{0,6})$/i.exec(stem(word))?.[1]
    if (word && !newest && number === undefined) {
      return badValue('template version', word.text, '1, 2, 3…')
    }
    if (service === undefined) return missingArgument('service', { form: 'roll', known: {}, options })
    return start({ procedure: 'roll', service, ...(number && { templateVersion: Number(number) }) })
  },
})
