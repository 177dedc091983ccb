/**
 * The quota of running On-Demand instances that each family of types counts to, by its code in Service Quotas (Amazon
 * EC2 user guide, "Amazon EC2 On-Demand Instances quotas"). Families that have none of their own, as those of dedicated
 * hosts, are left out.
 */
const codes: readonly (readonly [code: string, families: readonly string[]])[] = [
  ['L-1216C47A', ['a', 'c', 'd', 'h', 'i', 'im', 'is', 'm', 'r', 't', 'z']],
  ['L-6E869C2A', ['dl']],
  ['L-74FC7D96', ['f']],
  ['L-DB2E81BA', ['g', 'gr', 'vt']],
  ['L-F7808C92', ['hpc']],
  ['L-1945791B', ['inf']],
  ['L-417A185B', ['p']],
  ['L-2C3B7624', ['trn']],
  ['L-43DA4232', ['u']],
  ['L-7295265B', ['x']],
]

/** The code of the quota that instances of this type count to; undefined where none is known. */
export const quotaCodeOf = (type: string): string | undefined => {
  // `c7gn.xlarge` is of family c, `u-6tb1.metal` and `u7i-12tb.224xlarge` of u.
  const family = /^[a-z]+/.exec(type)?.[0]
  return codes.find(([, families]) => family !== undefined && families.includes(family))?.[0]
}
