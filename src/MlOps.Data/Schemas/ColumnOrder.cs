using System.Numerics;
using Apache.Arrow;
using MlOps.Data.Columns;

namespace MlOps.Data.Schemas;

/// <summary>
/// Counts, for pairs of columns of numbers or of times, in how many rows the first is less than the second, and in how many both are there.
/// </summary>
internal sealed class ColumnOrder
{
    private const int MostColumns = 16;
    private readonly (string Name, ColumnKind Kind)[] _columns;
    private readonly long[,] _less;
    private readonly long[,] _both;

    private ColumnOrder((string Name, ColumnKind Kind)[] columns)
    {
        _columns = columns;
        (_less, _both) = (new long[columns.Length, columns.Length], new long[columns.Length, columns.Length]);
    }

    public static ColumnOrder Start(IReadOnlyList<Field> fields) => new(
    [
        .. fields.Select(field => (field.Name, Kind: ColumnReader.KindOf(field.DataType)))
            .Where(column => column.Kind is ColumnKind.Number or ColumnKind.Time).Take(MostColumns),
    ]);

    public static ColumnOrder Merge(ColumnOrder left, ColumnOrder right)
    {
        var merged = new ColumnOrder(left._columns);
        for (var i = 0; i < left._columns.Length; i++)
        {
            for (var j = 0; j < left._columns.Length; j++)
            {
                merged._less[i, j] = left._less[i, j] + right._less[i, j];
                merged._both[i, j] = left._both[i, j] + right._both[i, j];
            }
        }

        return merged;
    }

    public void Add(RecordBatch batch, string dataset)
    {
        var values = _columns.Select(column =>
        {
            var numbers = new double[batch.Length];
            new ColumnReader(
                batch.Column(batch.Schema.GetFieldIndex(column.Name, StringComparer.Ordinal)), column.Name, dataset).ReadNumbers(numbers);
            return numbers;
        }).ToArray();
        var marks = new ulong[(batch.Length + 63) / 64];
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = i + 1; j < values.Length; j++)
            {
                if (_columns[i].Kind == _columns[j].Kind)
                {
                    var less = Count(values[i], values[j], marks);
                    var more = Count(values[j], values[i], marks);
                    VectorMarks.Equal<double>(values[i], values[j], marks);
                    var both = less + more + Bits(marks);
                    (_less[i, j], _less[j, i]) = (_less[i, j] + less, _less[j, i] + more);
                    (_both[i, j], _both[j, i]) = (_both[i, j] + both, _both[j, i] + both);
                }
            }
        }
    }

    /// <summary>The columns to which a column stands in a relation in every row that has both, if there are such rows.</summary>
    /// <remarks>"At most" is said only where some are less and some are equal; otherwise it is one of the others.</remarks>
    public IEnumerable<string> Related(string column, Comparison relation)
    {
        var i = System.Array.FindIndex(_columns, own => own.Name == column);
        return i < 0
            ? []
            : Enumerable.Range(0, _columns.Length)
                .Where(j => _both[i, j] > 0 && Holds(i, j, relation) && (relation != Comparison.AtMost || (_less[i, j] > 0 && _less[i, j] < _both[i, j])))
                .Select(j => _columns[j].Name);
    }

    /// <summary>Whether the first stands in a relation to the second in every row that has both.</summary>
    public bool Holds(string first, string second, Comparison relation) => Holds(
        System.Array.FindIndex(_columns, own => own.Name == first), System.Array.FindIndex(_columns, own => own.Name == second), relation);

    private bool Holds(int i, int j, Comparison relation) => relation switch
    {
        Comparison.Less => _less[i, j] == _both[i, j],
        Comparison.AtMost => _less[j, i] == 0,
        Comparison.Equal => _less[i, j] == 0 && _less[j, i] == 0,
        _ => throw new ArgumentOutOfRangeException(nameof(relation), relation, "This relation is not counted."),
    };

    private static long Count(double[] left, double[] right, ulong[] marks)
    {
        VectorMarks.Less<double>(left, right, marks);
        return Bits(marks);
    }

    private static long Bits(ulong[] marks)
    {
        var count = 0L;
        foreach (var word in marks)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }
}
