using Apache.Arrow;

namespace MlOps.Features.Columns;

/// <summary>Spine columns that pass into the result as they are, copied to managed memory so that nobody's dispose can take them away.</summary>
internal sealed class KeptColumns(IReadOnlyList<string> names) : IDisposable
{
    private readonly List<RecordBatch> _batches = [];

    // Several batches are often slices of the same buffers: each buffer is copied once. The batches stay alive until then, so that no
    // buffer's memory is used again for another.
    private readonly Dictionary<ReadOnlyMemory<byte>, ArrowBuffer> _copies = [];

    public IReadOnlyList<string> Names => names;

    /// <summary>For each batch its length and the kept columns.</summary>
    public List<(int Length, ArrayData[] Columns)> Batches { get; } = [];

    public List<Field> Fields { get; } = [];

    public void Add(RecordBatch batch)
    {
        if (_batches.Count == 0)
        {
            Fields.AddRange(names.Select(batch.Schema.GetFieldByName));
        }

        _batches.Add(batch);
        Batches.Add((batch.Length, [.. names.Select(name => Copy(batch.Column(name).Data))]));
    }

    public void Dispose()
    {
        _copies.Clear();
        foreach (var batch in _batches)
        {
            batch.Dispose();
        }
    }

    /// <summary>The same array over managed memory.</summary>
    public ArrayData Copy(ArrayData data) => new(
        data.DataType,
        data.Length,
        data.NullCount,
        data.Offset,
        [.. data.Buffers.Select(CopyBuffer)],
        data.Children is null ? null : [.. data.Children.Select(Copy)],
        data.Dictionary is null ? null : Copy(data.Dictionary));

    private ArrowBuffer CopyBuffer(ArrowBuffer buffer)
    {
        if (buffer.Length == 0)
        {
            return ArrowBuffer.Empty;
        }

        if (!_copies.TryGetValue(buffer.Memory, out var copy))
        {
            copy = new ArrowBuffer(buffer.Memory.ToArray());
            _copies.Add(buffer.Memory, copy);
        }

        return copy;
    }
}
