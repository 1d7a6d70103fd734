using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MlOps.Statistics.Special;

/// <summary>Means and summed products of deviations of cos and sin of a sample's phases at one point and at twice that point.</summary>
/// <remarks>
/// In blocks that stay in the first cache, each about its own mean, merged by Chan's formula: nothing cancels and nothing is stored.
/// An infinite value has no phase and counts with zero; NaN is left out.
/// </remarks>
internal struct CharacteristicMoments
{
    /// <summary>The functions: cosine at both points, then sine at both.</summary>
    public const int Size = 4;

    private const int BlockLength = 512;
    private const int Products = 10;
    private double _count;
    private Functions _means;
    private Pairs _products;

    public static CharacteristicMoments Of(ReadOnlySpan<double> values, double centre, double scale)
    {
        Span<double> buffer = stackalloc double[3 * BlockLength];
        Span<double> phases = buffer[..BlockLength], cosines = buffer.Slice(BlockLength, BlockLength), sines = buffer[(2 * BlockLength)..];
        var result = default(CharacteristicMoments);
        while (!values.IsEmpty)
        {
            var block = values[..Math.Min(BlockLength, values.Length)];
            values = values[block.Length..];
            var count = FillPhases(block, centre, scale, phases);
            TensorPrimitives.Cos<double>(phases[..count], cosines);
            TensorPrimitives.Sin<double>(phases[..count], sines);
            ClearWithoutPhase(cosines[..count]);
            ClearWithoutPhase(sines[..count]);
            result.Add(cosines[..count], sines[..count]);
        }

        return result;
    }

    /// <summary>Writes the means, and adds weight times the covariances (divisor count) to a matrix.</summary>
    public readonly void AddTo(Span<double> means, Span<double> covariance, double weight)
    {
        _means[..].CopyTo(means);
        for (int row = 0, pair = 0; row < Size; row++)
        {
            for (var column = row; column < Size; column++, pair++)
            {
                var value = weight / _count * _products[pair];
                covariance[(row * Size) + column] += value;
                covariance[(column * Size) + row] += row == column ? 0 : value;
            }
        }
    }

    private static int FillPhases(ReadOnlySpan<double> values, double centre, double scale, Span<double> phases)
    {
        var width = Vector<double>.Count;
        var centres = new Vector<double>(centre);
        int filled = 0, i = 0;
        for (; i + width <= values.Length; i += width)
        {
            var vector = new Vector<double>(values[i..]);
            if (!Vector.EqualsAll(vector, vector))
            {
                break;
            }

            ((vector - centres) * scale).CopyTo(phases[i..]);
        }

        filled = i;
        for (; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                phases[filled++] = (values[i] - centre) * scale;
            }
        }

        return filled;
    }

    private static void ClearWithoutPhase(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = double.IsNaN(value) ? 0 : value;
        }
    }

    /// <summary>
    /// The second point is twice the first, so the formulas of the double angle give it; a value without a phase stays zero.
    /// </summary>
    private void Add(ReadOnlySpan<double> cosines, ReadOnlySpan<double> sines)
    {
        if (cosines.IsEmpty)
        {
            return;
        }

        var vectorsC = MemoryMarshal.Cast<double, Vector<double>>(cosines);
        var vectorsS = MemoryMarshal.Cast<double, Vector<double>>(sines);
        Vector<double> c1 = default, d1 = default, s1 = default, t1 = default;
        for (var i = 0; i < vectorsC.Length; i++)
        {
            Vector<double> c = vectorsC[i], s = vectorsS[i];
            c1 += c;
            d1 += (c * c) - (s * s);
            s1 += s;
            t1 += c * s;
        }

        double count = cosines.Length;
        Functions means = default;
        (means[0], means[1], means[2], means[3]) = (Vector.Sum(c1), Vector.Sum(d1), Vector.Sum(s1), 2 * Vector.Sum(t1));
        var rest = vectorsC.Length * Vector<double>.Count;
        for (var i = rest; i < cosines.Length; i++)
        {
            double c = cosines[i], s = sines[i];
            means[0] += c;
            means[1] += (c * c) - (s * s);
            means[2] += s;
            means[3] += 2 * s * c;
        }

        foreach (ref var mean in means[..])
        {
            mean /= count;
        }

        Pairs products = default;
        AddVectorProducts(vectorsC, vectorsS, means, products[..]);
        for (var i = rest; i < cosines.Length; i++)
        {
            double c = cosines[i], s = sines[i];
            ReadOnlySpan<double> deviations = [c - means[0], (c * c) - (s * s) - means[1], s - means[2], (2 * s * c) - means[3]];
            AddProducts(products[..], deviations, 1);
        }

        Merge(count, means, products[..]);
    }

    private static void AddVectorProducts(
        ReadOnlySpan<Vector<double>> cosines, ReadOnlySpan<Vector<double>> sines, ReadOnlySpan<double> means, Span<double> products)
    {
        Vector<double> m0 = new(means[0]), m1 = new(means[1]), m2 = new(means[2]), m3 = new(means[3]);
        Vector<double> cc = default, cd = default, cs = default, ct = default, dd = default;
        Vector<double> ds = default, dt = default, ss = default, st = default, tt = default;
        for (var i = 0; i < cosines.Length; i++)
        {
            Vector<double> cosine = cosines[i], sine = sines[i];
            var c = cosine - m0;
            var d = (cosine * cosine) - (sine * sine) - m1;
            var s = sine - m2;
            var t = (2 * (cosine * sine)) - m3;
            cc += c * c;
            cd += c * d;
            cs += c * s;
            ct += c * t;
            dd += d * d;
            ds += d * s;
            dt += d * t;
            ss += s * s;
            st += s * t;
            tt += t * t;
        }

        ReadOnlySpan<Vector<double>> sums = [cc, cd, cs, ct, dd, ds, dt, ss, st, tt];
        for (var i = 0; i < sums.Length; i++)
        {
            products[i] += Vector.Sum(sums[i]);
        }
    }

    private static void AddProducts(Span<double> products, ReadOnlySpan<double> deviations, double weight)
    {
        for (int row = 0, pair = 0; row < Size; row++)
        {
            for (var column = row; column < Size; column++, pair++)
            {
                products[pair] += weight * deviations[row] * deviations[column];
            }
        }
    }

    private void Merge(double count, ReadOnlySpan<double> means, ReadOnlySpan<double> products)
    {
        var all = _count + count;
        Functions gaps = default;
        for (var i = 0; i < Size; i++)
        {
            gaps[i] = means[i] - _means[i];
            _means[i] += gaps[i] * (count / all);
        }

        for (var i = 0; i < Products; i++)
        {
            _products[i] += products[i];
        }

        AddProducts(_products[..], gaps, _count * count / all);
        _count = all;
    }

    [System.Runtime.CompilerServices.InlineArray(Size)]
    private struct Functions
    {
        private double _first;
    }

    /// <summary>The pairs of functions, row by row of the upper triangle.</summary>
    [System.Runtime.CompilerServices.InlineArray(Products)]
    private struct Pairs
    {
        private double _first;
    }
}
