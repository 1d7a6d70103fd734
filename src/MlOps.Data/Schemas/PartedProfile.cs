using Apache.Arrow;
using MlOps.Data.Profiles;

namespace MlOps.Data.Schemas;

/// <summary>
/// Profiles of successive runs of rows, all of one length but the last, from one pass: when there are too many, neighbours fall together.
/// </summary>
internal sealed class PartedProfile(string name, IReadOnlyList<Field> fields, DataProfileOptions options, int parts, bool comparesColumns)
{
    private readonly List<Part> _parts = [];
    private ProfileCollector? _profile;
    private ColumnOrder? _order;
    private FormatTally? _formats;
    private long _rowsOfPart;
    private long _rows;

    public readonly record struct Part(DataProfile Profile, ColumnOrder Order, FormatTally Formats)
    {
        public static Part Merge(Part left, Part right) =>
            new(DataProfile.Merge(left.Profile, right.Profile), ColumnOrder.Merge(left.Order, right.Order), FormatTally.Merge(left.Formats, right.Formats));
    }

    /// <summary>Adds a batch; batches are small, for a part is a whole number of them.</summary>
    public void Add(RecordBatch batch)
    {
        if (_profile is null)
        {
            (_profile, _order, _formats, _rows) =
                (new ProfileCollector(name, fields, options), ColumnOrder.Start(comparesColumns ? fields : []), FormatTally.Start(fields), 0);
        }

        _profile.Add(batch);
        _order!.Add(batch, name);
        _formats!.Add(batch);
        _rows += batch.Length;
        _rowsOfPart = Math.Max(_rowsOfPart, batch.Length);
        if (_rows >= _rowsOfPart)
        {
            Close();
        }
    }

    public IReadOnlyList<Part> Complete()
    {
        if (_profile is not null)
        {
            // A short rest would be judged as if it were a whole part.
            var isShort = _rows * 2 < _rowsOfPart && _parts.Count > 0;
            Close();
            if (isShort)
            {
                _parts[^2] = Part.Merge(_parts[^2], _parts[^1]);
                _parts.RemoveAt(_parts.Count - 1);
            }
        }

        return _parts;
    }

    private void Close()
    {
        _parts.Add(new Part(_profile!.Complete(), _order!, _formats!));
        _profile = null;
        if (_parts.Count < 2 * parts)
        {
            return;
        }

        for (var i = 0; i < parts; i++)
        {
            _parts[i] = Part.Merge(_parts[2 * i], _parts[(2 * i) + 1]);
        }

        _parts.RemoveRange(parts, _parts.Count - parts);
        _rowsOfPart *= 2;
    }
}
