using Microsoft.Extensions.Options;

namespace MlOps.Sqlite;

[OptionsValidator]
internal sealed partial class SqliteOptionsValidator : IValidateOptions<SqliteOptions>;
