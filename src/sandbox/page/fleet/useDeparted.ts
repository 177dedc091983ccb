import { useEffect, useRef, useState } from 'preact/hooks'
import type { InstanceView } from '../../protocol'

const leaveFor = 700

/** Instances that have just gone, kept for as long as they take to fade. */
export const useDeparted = (present: InstanceView[]): InstanceView[] => {
  const before = useRef<InstanceView[]>(present)
  const [departed, setDeparted] = useState<InstanceView[]>([])
  const ids = present.map((one) => one.id).join(' ')
  useEffect(() => {
    const here = new Set(ids.split(' '))
    const gone = before.current.filter((one) => !here.has(one.id))
    before.current = present
    if (gone.length === 0) return
    setDeparted((others) => [...others, ...gone])
    // Not cleared when others go meanwhile: each departure fades in its own time.
    setTimeout(() => {
      setDeparted((others) => others.filter((other) => !gone.includes(other)))
    }, leaveFor)
  }, [ids])
  return departed.filter((one) => !present.some((other) => other.id === one.id))
}
