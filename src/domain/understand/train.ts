import { addTo, type Classifier, quantise, softmax } from './classifier.ts';
import { BUCKETS, type Features } from './features.ts';
import { createRandom, shuffle } from './random.ts';

export type Sample = { features: Features; label: number; weight: number };

/** `rate` is the first step, `decay` pulls weights to zero, `smoothing` keeps the model from being too sure. */
export type Training = { epochs: number; rate: number; decay: number; smoothing: number };

/**
 * Softmax regression by stochastic gradient descent, with steps that shrink bucket by bucket (AdaGrad). The same
 * samples give the same model.
 */
export function train(
  samples: readonly Sample[],
  classes: readonly string[],
  { epochs, rate, decay, smoothing }: Training,
): Classifier {
  const many = classes.length;
  const weights = new Float32Array(BUCKETS * many);
  const bias = new Float32Array(many);
  const seen = new Float32Array(BUCKETS).fill(1e-3);
  const order = Uint32Array.from(samples, (_, i) => i);
  const random = createRandom(7);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    const slower = 1 - (0.9 * epoch) / epochs;
    for (const index of order) {
      const sample = samples[index];
      if (!sample) continue;
      const { ids, values } = sample.features;
      const step = errorsOf(sample, weights, bias, smoothing);
      let norm = 0;
      for (let c = 0; c < many; c++) {
        const error = step[c] ?? 0;
        norm += error * error;
        bias[c] = (bias[c] ?? 0) - 0.02 * slower * error;
      }
      for (let i = 0; i < ids.length; i++) {
        const id = ids[i] ?? 0;
        const value = values[i] ?? 0;
        const total = (seen[id] ?? 0) + norm * value * value;
        seen[id] = total;
        const by = (rate * slower) / Math.sqrt(total);
        move(weights, id * many, step, by * value, by * decay);
      }
    }
  }
  return quantise(classes, weights, bias);
}

/** How far each probability is from what it should be. */
function errorsOf(
  { features: { ids, values }, label, weight }: Sample,
  weights: Float32Array,
  bias: Float32Array,
  smoothing: number,
): Float32Array {
  const many = bias.length;
  const step = Float32Array.from(bias);
  for (let i = 0; i < ids.length; i++) addTo(step, weights, (ids[i] ?? 0) * many, values[i] ?? 0);
  softmax(step);
  for (let c = 0; c < many; c++) {
    const target = c === label ? 1 - smoothing : smoothing / (many - 1);
    step[c] = ((step[c] ?? 0) - target) * weight;
  }
  return step;
}

function move(
  weights: Float32Array,
  row: number,
  step: Float32Array,
  by: number,
  decay: number,
): void {
  for (let c = 0; c < step.length; c++) {
    const before = weights[row + c] ?? 0;
    weights[row + c] = before - by * (step[c] ?? 0) - decay * before;
  }
}
