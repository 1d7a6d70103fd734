using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>Sorts a few hundred values by merging runs from both ends, without a branch that depends on a value.</summary>
internal static class MergeSort
{
    /// <summary>How many values this is for; more are left to <see cref="MemoryExtensions.Sort{T}(Span{T})"/>.</summary>
    public const int Most = 512;

    /// <summary>Sorts values of which none is NaN.</summary>
    public static void Sort(Span<double> values)
    {
        if (values.Length > Most)
        {
            values.Sort();
            return;
        }

        Span<double> scratch = stackalloc double[Most];
        scratch = scratch[..values.Length];
        var inPlace = true;
        for (var run = 1; run < values.Length; run *= 2, inPlace = !inPlace)
        {
            var from = inPlace ? values : scratch;
            var to = inPlace ? scratch : values;
            var start = 0;
            for (; start + (2 * run) <= values.Length; start += 2 * run)
            {
                MergePair(from.Slice(start, 2 * run), to.Slice(start, 2 * run));
            }

            MergeRest(from[start..], to[start..], Math.Min(run, values.Length - start));
        }

        if (!inPlace)
        {
            scratch.CopyTo(values);
        }
    }

    // Two runs of equal length n: the first n places are filled from the front and the last n from the back, so neither side runs out.
    private static void MergePair(ReadOnlySpan<double> from, Span<double> to)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var length = from.Length / 2;
        nint left = 0, right = length, lastLeft = length - 1, lastRight = from.Length - 1;
        for (nint low = 0, high = lastRight; low < length; low++, high--)
        {
            nint takesLeft = Unsafe.Add(ref source, left) <= Unsafe.Add(ref source, right) ? 1 : 0;
            Unsafe.Add(ref target, low) = Unsafe.Add(ref source, right + ((left - right) & -takesLeft));
            left += takesLeft;
            right += 1 - takesLeft;

            nint takesRight = Unsafe.Add(ref source, lastLeft) <= Unsafe.Add(ref source, lastRight) ? 1 : 0;
            Unsafe.Add(ref target, high) = Unsafe.Add(ref source, lastLeft + ((lastRight - lastLeft) & -takesRight));
            lastRight -= takesRight;
            lastLeft -= 1 - takesRight;
        }
    }

    // A run of the given length and a shorter one, or none.
    private static void MergeRest(ReadOnlySpan<double> from, Span<double> to, int length)
    {
        int left = 0, right = length, at = 0;
        while (left < length && right < from.Length)
        {
            to[at++] = from[left] <= from[right] ? from[left++] : from[right++];
        }

        from[left..length].CopyTo(to[at..]);
        from[right..].CopyTo(to[(at + length - left)..]);
    }
}
