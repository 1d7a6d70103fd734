using Npgsql;
using NpgsqlTypes;
using MlOps.Sql;

namespace MlOps.PostgreSql;

/// <summary>Parameters for values, bound without boxing.</summary>
internal static class PostgreSqlParameters
{
    public static NpgsqlParameter Create(SqlValueKind kind) => kind switch
    {
        SqlValueKind.Integer => new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint },
        SqlValueKind.Real => new NpgsqlParameter<double> { NpgsqlDbType = NpgsqlDbType.Double },
        SqlValueKind.Text => new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text },
        SqlValueKind.Bytes => new NpgsqlParameter<byte[]> { NpgsqlDbType = NpgsqlDbType.Bytea },
        // The server finds out which type has no value.
        _ => new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Unknown, Value = DBNull.Value },
    };

    /// <summary>Gives a parameter a value of the kind that it was made for.</summary>
    public static void Set(NpgsqlParameter parameter, in SqlValue value)
    {
        switch (value.Kind)
        {
            case SqlValueKind.Integer:
                ((NpgsqlParameter<long>)parameter).TypedValue = value.AsInteger;
                break;
            case SqlValueKind.Real:
                ((NpgsqlParameter<double>)parameter).TypedValue = value.AsReal;
                break;
            case SqlValueKind.Text:
                ((NpgsqlParameter<string>)parameter).TypedValue = PostgreSqlEncoding.WellFormed(value.AsText);
                break;
            case SqlValueKind.Bytes:
                ((NpgsqlParameter<byte[]>)parameter).TypedValue = value.AsBytes;
                break;
        }
    }
}
