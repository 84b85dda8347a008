// Brochures in Arabic on paper, before two decoders.
import { onPaper } from '../support/brochure_paper.mjs'

onPaper('ar')
