using MlOps.Features.Columns;

namespace MlOps.Features.Offline;

/// <summary>Numbers the distinct entities of a source from zero, and finds the numbers of a spine's entities.</summary>
internal sealed class EntityKeys
{
    private readonly Dictionary<FeatureValue, int>[] _values;
    private readonly Dictionary<long, int>[] _pairs;

    public EntityKeys(ColumnTable source, IReadOnlyList<string> entity)
    {
        _values = [.. entity.Select(_ => new Dictionary<FeatureValue, int>())];
        _pairs = [.. entity.Select(_ => new Dictionary<long, int>())];
        Codes = Encode(source, entity, add: true);
        Count = entity.Count == 1 ? _values[0].Count : _pairs[^1].Count;
    }

    /// <summary>The entity of each source row; negative when a key is missing.</summary>
    public int[] Codes { get; }

    public int Count { get; }

    /// <summary>The entity of each spine row; negative when the source does not know it.</summary>
    public int[] Map(ColumnTable spine, IReadOnlyList<string> entity) => Encode(spine, entity, add: false);

    private int[] Encode(ColumnTable table, IReadOnlyList<string> entity, bool add)
    {
        var codes = new int[table.Count];
        for (var position = 0; position < entity.Count; position++)
        {
            var column = table[entity[position]];
            var codeOfText = column.Texts.Select(text => CodeOf(_values[position], FeatureValue.Of(text), add)).ToArray();
            for (var row = 0; row < codes.Length; row++)
            {
                var code = column.IsMissing(row) ? -1
                    : column.Kind == FeatureValueKind.Text ? codeOfText[column.Codes[row]]
                    : CodeOf(_values[position], WithoutNegativeZero(column[row]), add);
                codes[row] = position == 0 ? code
                    : codes[row] < 0 || code < 0 ? -1
                    : CodeOf(_pairs[position], ((long)codes[row] << 32) | (uint)code, add);
            }
        }

        return codes;
    }

    private static FeatureValue WithoutNegativeZero(FeatureValue value) =>
        value.Kind == FeatureValueKind.Number ? FeatureValue.Of(value.AsNumber() + 0.0) : value;

    private static int CodeOf<T>(Dictionary<T, int> known, T value, bool add)
        where T : notnull
    {
        if (!known.TryGetValue(value, out var code))
        {
            code = -1;
            if (add)
            {
                code = known.Count;
                known.Add(value, code);
            }
        }

        return code;
    }
}
