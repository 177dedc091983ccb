import type { ImageElement } from '@slack/types'

/** An image by its address; one that only Slack's file store has is shown as its words. */
export const Picture = ({ of, class: name }: { of: ImageElement; class?: string }) =>
  'image_url' in of ? (
    <img class={name ?? 'picture'} src={of.image_url} alt={of.alt_text} loading="lazy" />
  ) : (
    <span class="hint">{of.alt_text}</span>
  )
