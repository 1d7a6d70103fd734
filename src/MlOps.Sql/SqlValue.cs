namespace MlOps.Sql;

/// <summary>What a parameter is bound to, without boxing: nothing, an integer, a real, a text or bytes. A NaN is nothing: SQLite has no NaN.</summary>
internal readonly struct SqlValue
{
    private readonly long _bits;
    private readonly object? _object;

    private SqlValue(SqlValueKind kind, long bits, object? content)
    {
        Kind = kind;
        _bits = bits;
        _object = content;
    }

    public SqlValueKind Kind { get; }

    public long AsInteger => _bits;

    public double AsReal => BitConverter.Int64BitsToDouble(_bits);

    public string AsText => (string)_object!;

    public byte[] AsBytes => (byte[])_object!;

    public static implicit operator SqlValue(long value) => new(SqlValueKind.Integer, value, null);

    public static implicit operator SqlValue(long? value) => value is { } number ? number : default(SqlValue);

    public static implicit operator SqlValue(int value) => (long)value;

    public static implicit operator SqlValue(int? value) => value is { } number ? number : default(SqlValue);

    public static implicit operator SqlValue(double value) =>
        double.IsNaN(value) ? default : new(SqlValueKind.Real, BitConverter.DoubleToInt64Bits(value), null);

    public static implicit operator SqlValue(string? value) =>
        value is null ? default : new(SqlValueKind.Text, 0, SqlText.Escape(value));

    public static implicit operator SqlValue(byte[] value) => new(SqlValueKind.Bytes, 0, value);
}
