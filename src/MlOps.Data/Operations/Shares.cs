using System.Globalization;

namespace MlOps.Data.Operations;

/// <summary>How a data set is divided.</summary>
internal sealed class Shares
{
    private const double Tolerance = 1e-9;
    private readonly double[] _shares;
    private readonly double[] _ends;

    public Shares(IReadOnlyList<double> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        _shares = [.. shares];
        if (_shares.Length < 2 || _shares.Any(share => !(share > 0)) || !(Math.Abs(_shares.Sum() - 1) <= Tolerance))
        {
            var given = string.Join(", ", _shares.Select(share => share.ToString(CultureInfo.InvariantCulture)));
            throw new ArgumentException($"The shares of a split are two or more numbers above 0 that add up to 1, not [{given}].", nameof(shares));
        }

        _ends = new double[_shares.Length];
        for (var i = 0; i < _ends.Length; i++)
        {
            _ends[i] = _shares[i] + (i == 0 ? 0 : _ends[i - 1]);
        }

        _ends[^1] = 1;
    }

    public int Count => _shares.Length;

    public int PartOf(ulong hash)
    {
        var place = SeededHash.Unit(hash);
        var part = 0;
        while (place >= _ends[part])
        {
            part++;
        }

        return part;
    }

    /// <summary>Whole numbers of rows for each part, each its share rounded down or up, on average its share exactly.</summary>
    /// <param name="rows">How many there are.</param>
    /// <param name="hash">Chooses who is rounded up, by systematic sampling: the points u, u + 1 … on the line of all fractions.</param>
    public long[] Divide(long rows, ulong hash)
    {
        var counts = new long[_shares.Length];
        var fractions = new double[_shares.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            var exact = rows * _shares[i];
            var whole = Math.Round(exact);
            (counts[i], fractions[i]) = Math.Abs(exact - whole) <= Tolerance * Math.Max(1, rows) ? ((long)whole, 0) : ((long)exact, exact - Math.Floor(exact));
        }

        var (left, end, point) = (rows - counts.Sum(), 0.0, SeededHash.Unit(hash));
        for (var i = 0; i < counts.Length && left > 0; i++)
        {
            end += fractions[i];
            if (fractions[i] > 0 && (point < end || i == System.Array.FindLastIndex(fractions, fraction => fraction > 0)))
            {
                counts[i]++;
                left--;
                point++;
            }
        }

        return counts;
    }
}
