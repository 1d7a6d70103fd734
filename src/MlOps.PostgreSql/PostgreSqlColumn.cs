using Npgsql;
using NpgsqlTypes;
using MlOps.Sql;

namespace MlOps.PostgreSql;

/// <summary>The values of one column for many rows, and the parameter that sends them as an array.</summary>
internal abstract class PostgreSqlColumn
{
    public abstract NpgsqlParameter Parameter { get; }

    public static PostgreSqlColumn Of(SqlValueKind kind) => kind switch
    {
        SqlValueKind.Integer => new Values<long?>(NpgsqlDbType.Bigint, static (in value) => value.AsInteger),
        SqlValueKind.Real => new Values<double?>(NpgsqlDbType.Double, static (in value) => value.AsReal),
        SqlValueKind.Text => new Values<string?>(NpgsqlDbType.Text, static (in value) => PostgreSqlEncoding.WellFormed(value.AsText)),
        _ => new Values<byte[]?>(NpgsqlDbType.Bytea, static (in value) => value.AsBytes),
    };

    public abstract void Add(in SqlValue value);

    public abstract void Clear();

    private delegate T Read<T>(in SqlValue value);

    private sealed class Values<T>(NpgsqlDbType type, Read<T> read) : PostgreSqlColumn
    {
        private readonly List<T?> _values = [];

        public override NpgsqlParameter Parameter => field ??= new NpgsqlParameter<List<T?>>
        {
            NpgsqlDbType = NpgsqlDbType.Array | type,
            TypedValue = _values,
        };

        public override void Add(in SqlValue value) => _values.Add(value.Kind == SqlValueKind.Null ? default : read(in value));

        public override void Clear() => _values.Clear();
    }
}
